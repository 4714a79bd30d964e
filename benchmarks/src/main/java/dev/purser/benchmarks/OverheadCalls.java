package dev.purser.benchmarks;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.okhttp.BudgetInterceptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The same calls by clients that differ in what stands between them and the network. */
final class OverheadCalls implements AutoCloseable {

  /** What stands between a caller and the network. */
  enum Way {
    BARE("OkHttp alone"),
    /** What the run itself cannot tell apart. */
    BARE_AGAIN("OkHttp alone, once more"),
    /** Whether the run sees what is there. */
    SPIN("OkHttp alone and ten microseconds of work"),
    PURSER("with Purser"),
    JOURNAL("with Purser and a journal");

    final String words;

    Way(String words) {
      this.words = words;
    }
  }

  private static final MediaType JSON = Objects.requireNonNull(MediaType.parse("application/json"));
  private static final int CALLERS = 64;
  private static final long SPIN_NANOS = 10_000;
  private static final int DOCUMENTS = 64;
  private static final int LIMIT_DOLLARS = 1_000_000;

  private final List<Purser> guards = new ArrayList<>();
  private final Map<Way, OkHttpClient> clients = new EnumMap<>(Way.class);
  private final String url;
  private final List<byte[]> bodies;
  private final boolean stream;
  private final int delayMillis;

  /** Makes the clients; the journal is kept in {@code folder}. */
  OverheadCalls(String url, Path folder, int bytes, boolean stream, int delayMillis) {
    this.url = url;
    this.stream = stream;
    this.delayMillis = delayMillis;
    bodies = new Documents(17).requests(DOCUMENTS, bytes, stream);
    for (Way way : Way.values()) {
      OkHttpClient.Builder client = new OkHttpClient.Builder()
          .socketFactory(new PromptSockets())
          .connectionPool(new ConnectionPool(CALLERS, 1, TimeUnit.MINUTES));
      if (way == Way.PURSER || way == Way.JOURNAL) {
        Purser guard = guard(way == Way.JOURNAL ? folder : null);
        guards.add(guard);
        client.addInterceptor(new BudgetInterceptor(guard));
      }
      clients.put(way, client.build());
    }
  }

  private static Purser guard(@Nullable Path folder) {
    Usd limit = Usd.of(Integer.toString(LIMIT_DOLLARS));
    PurserBuilder builder = Purser.builder()
        .owner("bench")
        .budget(Budget.quarterly("all", limit))
        .budget(Budget.daily("day", limit))
        .budget(Budget.daily("key", limit).per(Dimension.KEY))
        .budget(Budget.daily("team", limit).per(Dimension.TEAM))
        .budget(Budget.rolling("session", limit, Duration.ofHours(1)).per(Dimension.SESSION))
        .alertSink(alert -> {})
        .sink(record -> {});
    if (folder != null) {
      builder.journal(JournalOptions.in(folder).fsync(JournalOptions.Fsync.NEVER));
    }
    return builder.build();
  }

  /**
   * Makes a call.
   *
   * @return nanoseconds until the first byte of the answer's body, and until its end
   */
  long[] call(Way way, int number) throws IOException {
    Request request = new Request.Builder()
        .url(url)
        .header("Authorization", "Bearer sk-bench-0123456789abcdef")
        .header("x-stream", stream ? "1" : "0")
        .header("x-delay", Integer.toString(delayMillis))
        .post(RequestBody.create(bodies.get(number % bodies.size()), JSON))
        .build();
    long start = System.nanoTime();
    if (way == Way.SPIN) {
      while (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      }
    }
    try (Response response =
        Objects.requireNonNull(clients.get(way)).newCall(request).execute()) {
      InputStream in = Objects.requireNonNull(response.body()).byteStream();
      byte[] buffer = new byte[8 * 1024];
      int read = in.read(buffer);
      long first = System.nanoTime() - start;
      while (read >= 0) {
        read = in.read(buffer);
      }
      if (response.code() != 200) {
        throw new IOException("answered with " + response.code());
      }
      return new long[] {first, System.nanoTime() - start};
    }
  }

  @Override
  public void close() {
    guards.forEach(Purser::close);
    for (OkHttpClient client : clients.values()) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }
}
