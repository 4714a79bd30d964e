package dev.purser.okhttp;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** An answer's body that is looked at as it passes. */
final class MeteredBody extends ResponseBody {

  private final @Nullable MediaType type;
  private final long length;
  private final BufferedSource source;

  MeteredBody(@Nullable MediaType type, long length, Source source) {
    this.type = type;
    this.length = length;
    this.source = Okio.buffer(source);
  }

  @Override
  public @Nullable MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
