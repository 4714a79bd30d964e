package dev.purser.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.purser.core.record.CallLine;
import dev.purser.core.record.CallReader;
import dev.purser.core.record.DayLine;
import dev.purser.core.record.Field;
import dev.purser.core.record.Fields;
import dev.purser.spi.Amounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the lines of a journal add up to, one after the other: what a restart has to know. The same for
 * a start and for a checkpoint. For one thread at a time.
 *
 * <p>Of a call the later state wins: held, then charged what was held, then ended. An ending whose
 * beginning is missing, because its line was broken, tells all that is needed by itself. One of a call
 * that was charged what it held, and is no longer known by itself because there are so many, corrects
 * the sum that the call is in, as long as such calls make up so much of that.
 */
final class Fold {

  /** How many alerts, bills and calls that were charged what was held are remembered; the oldest go first. */
  static final int MOST_ALERTS = 10_000;

  static final int MOST_DAYS = 200_000;

  static final int MOST_BILLS = 100_000;
  static final int MOST_CHARGED = 10_000;

  /** No clock says less or more, and all of it can be counted in nanoseconds. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("2262-01-01T00:00:00Z");

  private static final ObjectReader JSON = JsonMapper.builder().build().reader();

  /** A call that nobody has ended, and its line. */
  static final class Call {
    private final CallLine facts;
    private final byte[] line;

    Call(CallLine facts, byte[] line) {
      this.facts = facts;
      this.line = line;
    }

    CallLine facts() {
      return facts;
    }

    /** Returns the line, open; not to be changed. */
    byte[] line() {
      return line;
    }
  }

  private final CallReader reader = new CallReader();
  private final Sums sums;
  private final Map<String, Call> held = new LinkedHashMap<>();
  private final Map<String, Call> charged = new LinkedHashMap<>();
  private final Map<String, byte[]> state = new LinkedHashMap<>();
  private final Map<String, byte[]> alerts = new LinkedHashMap<>();
  private final Map<String, byte[]> days = new LinkedHashMap<>();
  private final Map<String, Amounts> bills = new LinkedHashMap<>();
  private Instant latest = Instant.MIN;
  private long lines;

  Fold(Grain grain) {
    sums = new Sums(grain);
  }

  /**
   * Takes the next line.
   *
   * @param bytes the line, open at {@code length}
   * @throws IllegalArgumentException if it is whole but makes no sense
   */
  void take(byte[] bytes, int length) {
    String event = event(bytes, length);
    switch (event) {
      case "reserved", "settled", "estimated", "released", "abandoned", "written_off", "sum" ->
        call(event, bytes, length);
      case "grant", "freeze", "key" -> control(event, parsed(bytes, length), bytes, length);
      case "alert" -> alert(parsed(bytes, length), bytes, length);
      case "bill" -> bill(parsed(bytes, length));
      case DayLine.EVENT -> day(parsed(bytes, length), bytes, length);
      default -> {} // told for people
    }
    lines++;
  }

  /** Every line begins with its version and its event, so that most need not be read to be passed over. */
  private static String event(byte[] bytes, int length) {
    int from = PREFIX.length;
    if (length < from || !Arrays.equals(bytes, 0, from, PREFIX, 0, from)) {
      throw new IllegalArgumentException("of another version, or no line of a journal");
    }
    int to = from;
    while (to < length && bytes[to] != '"') {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }

  private static final byte[] PREFIX = "{\"v\":1,\"event\":\"".getBytes(StandardCharsets.US_ASCII);

  private static JsonNode parsed(byte[] bytes, int length) {
    try {
      return JSON.readTree(closed(bytes, length));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static byte[] closed(byte[] open, int length) {
    byte[] whole = Arrays.copyOf(open, length + 1);
    whole[length] = '}';
    return whole;
  }

  private void call(String event, byte[] bytes, int length) {
    CallLine call = reader.read(event, closed(bytes, length));
    Instant time = reader.time();
    if (call.at().isBefore(FIRST) || call.at().isAfter(LAST)) {
      throw new IllegalArgumentException("at a time that no clock says");
    }
    latest = time.isAfter(latest) ? time : latest;
    switch (event) {
      case "reserved" -> {
        held.put(call.id(), new Call(call, Arrays.copyOf(bytes, length)));
      }
      case "settled", "estimated" -> {
        if (!ended(call)) {
          charge(call, 0);
        }
        bill(call);
      }
      case "released", "written_off" -> {
        boolean unused = ended(call);
      }
      case "abandoned" -> abandoned(call, Arrays.copyOf(bytes, length));
      default -> charge(call, call.reserved()); // a sum
    }
  }

  /** Takes note of an end; whether what it charges is thereby charged. */
  private boolean ended(CallLine call) {
    if (held.remove(call.id()) != null || charged.remove(call.id()) != null) {
      return false;
    }
    long after = call.amounts().nanoUsd();
    return sums.correct(call.who(), call.model(), call.at(), after - call.spent(), after);
  }

  private void abandoned(CallLine call, byte[] line) {
    held.remove(call.id());
    charged.put(call.id(), new Call(call, line));
    if (charged.size() > MOST_CHARGED) {
      Iterator<Call> oldest = charged.values().iterator();
      CallLine first = oldest.next().facts();
      charge(first, first.amounts().nanoUsd()); // and is not known by itself any more
      oldest.remove();
    }
  }

  private void charge(CallLine call, long provisional) {
    if (!call.amounts().equals(Amounts.NONE)) {
      sums.add(call.who(), call.model(), call.at(), call.amounts(), provisional);
    }
  }

  private void bill(CallLine call) {
    if (call.bill() != null) {
      bill(call.model().provider() + " " + call.bill(), call.amounts());
    }
  }

  private void bill(JsonNode line) {
    bill(
        Fields.read(line, Field.BILL, text -> text),
        Fields.amounts(line.path(Field.CHARGED.text())));
  }

  private void bill(String name, Amounts amounts) {
    Amounts before = bills.remove(name);
    bills.put(name, before == null ? amounts : sum(before, amounts));
    bound(bills, MOST_BILLS);
  }

  private static Amounts sum(Amounts a, Amounts b) {
    return new Amounts(
        Sums.sum(a.nanoUsd(), b.nanoUsd()),
        Sums.sum(a.inputTokens(), b.inputTokens()),
        Sums.sum(a.outputTokens(), b.outputTokens()),
        Sums.sum(a.requests(), b.requests()));
  }

  private void control(String event, JsonNode line, byte[] bytes, int length) {
    String action = Fields.read(line, Field.ACTION, text -> text);
    String subject = Fields.read(line, Field.SUBJECT, text -> text);
    switch (action) {
      case "granted" -> state.put(grant(line), Arrays.copyOf(bytes, length));
      case "grant_ended" -> state.remove(grant(line));
      case "unfrozen" -> state.remove("freeze " + subject);
      // The first stands, as it does in force.
      case "frozen" -> state.putIfAbsent("freeze " + subject, Arrays.copyOf(bytes, length));
      case "key_revoked" -> state.put("revoked " + subject, Arrays.copyOf(bytes, length));
      default -> state.put(event + " " + subject, Arrays.copyOf(bytes, length));
    }
  }

  private static String grant(JsonNode line) {
    String id = line.path(Field.FACTS.text()).path("grant").textValue();
    if (id == null) {
      throw new IllegalArgumentException("a grant without an id");
    }
    return "grant " + id;
  }

  private void alert(JsonNode line, byte[] bytes, int length) {
    String key = Fields.read(line, Field.DEDUPE, text -> text);
    alerts.remove(key);
    alerts.put(key, Arrays.copyOf(bytes, length));
    bound(alerts, MOST_ALERTS);
  }

  private void day(JsonNode line, byte[] bytes, int length) {
    String key = Fields.read(line, Field.DAY, text -> text) + " "
        + Fields.read(line, Field.KEY, text -> text);
    days.remove(key);
    days.put(key, Arrays.copyOf(bytes, length));
    bound(days, MOST_DAYS);
  }

  /** Returns the lines of what keys did on days. */
  Iterable<byte[]> days() {
    return days.values();
  }

  private static void bound(Map<String, ?> map, int most) {
    if (map.size() > most) {
      map.remove(map.keySet().iterator().next());
    }
  }

  /** Returns the sums of what was charged. */
  Sums sums() {
    return sums;
  }

  /** Returns the calls that nobody has ended, by id. */
  Map<String, Call> held() {
    return Collections.unmodifiableMap(held);
  }

  /** Returns the calls that were charged what was held, and not settled since, by id. */
  Map<String, Call> charged() {
    return Collections.unmodifiableMap(charged);
  }

  /** Returns the lines of what is in force: grants, freezes, keys. */
  Iterable<byte[]> state() {
    return state.values();
  }

  /** Returns the lines of what was told once. */
  Iterable<byte[]> alerts() {
    return alerts.values();
  }

  /** Returns what was charged of each bill. */
  Map<String, Amounts> bills() {
    return Collections.unmodifiableMap(bills);
  }

  /** Returns the latest time that a line of a call says; {@link Instant#MIN} if there is none. */
  Instant latest() {
    return latest;
  }

  /** Takes note of a time that a checkpoint says. */
  void latest(Instant at) {
    latest = at.isAfter(latest) ? at : latest;
  }

  /** Returns how many lines were taken. */
  long lines() {
    return lines;
  }

  /** Reads an open line of {@link #state} or {@link #alerts}. */
  static JsonNode read(byte[] line) {
    return parsed(line, line.length);
  }
}
