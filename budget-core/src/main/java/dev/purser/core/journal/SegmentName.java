package dev.purser.core.journal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file of the journal: {@code spend-2026-12-01-000042.jsonl}, and once it is compressed
 * {@code spend-2026-12-01-000042-1a2b3c4d.jsonl.gz}, with the CRC-32C of its bytes.
 *
 * @param day the day of UTC on which it was begun
 * @param number counts up from 1 over all days; it alone says the order
 * @param sum the checksum of a compressed file, else null
 */
record SegmentName(LocalDate day, long number, @Nullable String sum)
    implements Comparable<SegmentName> {

  private static final Pattern FORM = Pattern.compile(
      "spend-(\\d{4}-\\d{2}-\\d{2})-(\\d{6,18})(?:-([0-9a-f]{8})\\.jsonl\\.gz|\\.jsonl)");

  /** Reads a name; empty if it is that of no segment. */
  static Optional<SegmentName> parse(String file) {
    Matcher form = FORM.matcher(file);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SegmentName(
          LocalDate.parse(form.group(1)), Long.parseLong(form.group(2)), form.group(3)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  boolean compressed() {
    return sum != null;
  }

  SegmentName compressed(long checksum) {
    return new SegmentName(day, number, String.format(Locale.ROOT, "%08x", checksum));
  }

  @Override
  public int compareTo(SegmentName other) {
    return Long.compare(number, other.number);
  }

  /** Returns the file's name. */
  @Override
  public String toString() {
    String stem = String.format(Locale.ROOT, "spend-%s-%06d", day, number);
    return sum == null ? stem + ".jsonl" : stem + "-" + sum + ".jsonl.gz";
  }
}
