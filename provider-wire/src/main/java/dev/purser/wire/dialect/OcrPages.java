package dev.purser.wire.dialect;

import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.media.DataUrl;
import dev.purser.wire.request.JsonBody;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How many pages of a document a request may have read: those that it lists, one if it is a picture, one
 * for each 4 KB of a document that it brings, and else as many as are read at all.
 *
 * @see <a href="https://docs.mistral.ai/capabilities/document_ai/basic_ocr/">Mistral: 50 MB and 1,000
 *     pages</a>
 */
final class OcrPages {

  private static final long MOST = 1_000;

  /** A page of nothing but text, compressed. */
  private static final long PAGE_BYTES = 4_096;

  /** Pages one by one, or from one to another: {@code 0-2,5}. */
  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\d{1,6})\\s*(?:-\\s*(\\d{1,6}))?\\s*");

  private OcrPages() {}

  /** Returns the pages. */
  static long of(JsonBody body) {
    return Math.min(MOST, Math.min(listed(body.last("pages")), document(body)));
  }

  private static long listed(@Nullable JsonSlice pages) {
    if (pages == null || pages.isNull()) {
      return MOST;
    }
    long[] count = new long[1];
    if (pages.isArray()) {
      pages.each((none, page) -> count[0]++);
    } else {
      String ranges = pages.text();
      for (String range : (ranges == null ? pages.raw() : ranges).split(",", -1)) {
        count[0] += pages(range);
      }
    }
    return count[0] == 0 ? MOST : count[0];
  }

  private static long pages(String range) {
    var found = RANGE.matcher(range);
    if (!found.matches()) {
      return MOST;
    }
    long from = Long.parseLong(found.group(1));
    long to = found.group(2) == null ? from : Long.parseLong(found.group(2));
    return Math.max(1, to - from + 1);
  }

  private static long document(JsonBody body) {
    if (body.at("document", "image_url") != null) {
      return 1;
    }
    JsonSlice url = body.at("document", "document_url");
    DataUrl data = url == null || !url.isString() ? null : DataUrl.read(url);
    return data == null ? MOST : data.bytes() / PAGE_BYTES + 1;
  }
}
