package dev.purser.core.config;

import dev.purser.api.Dimension;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the other words of a file; what is none of them is an {@link IllegalArgumentException}. */
final class Words {

  static final Choice<DayOfWeek> WEEKDAYS = Choice.of("weekday", DayOfWeek.class);
  static final Choice<Month> MONTHS = Choice.of("month", Month.class);

  private static final String TAG = "tag:";
  private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,9})\\s?%");
  private static final Choice<Dimension> DIMENSIONS = dimensions();

  private Words() {}

  private static Choice<Dimension> dimensions() {
    Map<String, Dimension> names = new LinkedHashMap<>();
    names.put("key", Dimension.KEY);
    names.put("user", Dimension.USER);
    names.put("team", Dimension.TEAM);
    names.put("session", Dimension.SESSION);
    names.put("task-class", Dimension.TASK_CLASS);
    names.put("model", Dimension.MODEL);
    names.put("provider", Dimension.PROVIDER);
    return new Choice<>("dimension", names);
  }

  static String text(String text) {
    return text;
  }

  static String filled(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    return text;
  }

  static Dimension dimension(String text) {
    if (text.startsWith(TAG)) {
      return Dimension.tag(text.substring(TAG.length()));
    }
    return text.equals(Dimension.TASK_CLASS.name()) ? Dimension.TASK_CLASS : DIMENSIONS.apply(text);
  }

  static boolean isTag(Dimension dimension) {
    return dimension.name().startsWith(TAG);
  }

  /** Returns the name of a tag, given its dimension. */
  static String tagName(Dimension dimension) {
    return dimension.name().substring(TAG.length());
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "unknown time zone " + Excerpt.quoted(text) + "; write one such as America/Los_Angeles",
          e);
    }
  }

  static int percentage(String text) {
    Matcher form = PERCENTAGE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a percentage: " + Excerpt.quoted(text) + "; write 50%");
    }
    return Integer.parseInt(form.group(1));
  }

  static int accounts(String text) {
    long accounts = LimitWords.count("accounts", text);
    if (accounts != (int) accounts) {
      throw new IllegalArgumentException("too many accounts: " + Excerpt.quoted(text));
    }
    return (int) accounts;
  }
}
