package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** Trap 42: keys in records, and prompts recorded without being asked for. */
class PromptsAreRecordedOnlyByOptInTrap42Test extends OverHttp {

  /** As it is sent, and as a prompt may quote it; LeakWatch looks for it in all that is logged. */
  private static final String KEY = "sk-very-secret-0123456789";

  private static final String ADDRESS = "jane.roe@acme.example";
  private static final String BODY = "{\"model\":\"gpt-4o\",\"max_tokens\":50,\"messages\":"
      + "[{\"role\":\"user\",\"content\":\"Mail " + ADDRESS + " that " + KEY
      + " and sk-very\\u002dsecret-0123456789 work\"}]}";
  private static final String SAID = "I told " + ADDRESS + " of " + KEY;
  private static final String STREAM = delta("I told jane.roe@ac")
      + delta("me.example of sk-very-")
      + delta("secret-01234")
      + delta("56789")
      + USAGE_EVENT
      + DONE_EVENT;
  private static final String REDACTED = "I told [redacted e-mail] of [redacted key]";

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();

  private SpendRecord record(UnaryOperator<PurserBuilder> content, Request request, String answer)
      throws Exception {
    try (Purser purser = content
        .apply(Purser.builder()
            .owner("dana@acme.dev")
            .budget(Budget.total("all", Usd.of("1")).per(Dimension.KEY))
            .slf4j()
            .sink(records::add))
        .build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      try (Response response = http.newCall(request).execute()) {
        assertThat(response.body().string()).isEqualTo(answer);
      }
      http.connectionPool().evictAll();
    }
    assertThat(records).hasSize(1);
    SpendRecord record = records.get(0);
    assertThat(record.toString()).doesNotContain(KEY, ADDRESS, "Mail", "told");
    return record;
  }

  private Request secret(String body) {
    return ask(body).newBuilder().header("Authorization", "Bearer " + KEY).build();
  }

  private static String said() {
    return ANSWER.replace("The officer who keeps the money.", SAID);
  }

  private static String shown(SpendRecord record) {
    return record.exchange().prompt() + record.exchange().answer() + record.attribution();
  }

  @Test
  void whoDoesNotAskForThemGetsNeitherPromptNorAnswer() throws Exception {
    server.enqueue(json(said()));
    SpendRecord record = record(builder -> builder, secret(BODY), said());

    assertThat(record.exchange().prompt()).isNull();
    assertThat(record.exchange().answer()).isNull();
  }

  @Test
  void whoAsksForThemGetsBodiesWithoutHeadersAndWithoutSecrets() throws Exception {
    server.enqueue(json(said()));
    SpendRecord record = record(builder -> builder.recordContent(10_000), secret(BODY), said());

    assertThat(record.exchange().prompt())
        .isEqualTo("{\"model\":\"gpt-4o\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"Mail [redacted e-mail] that [redacted key] and [redacted key]"
            + " work\"}]}");
    assertThat(record.exchange().answer()).isEqualTo(REDACTED);
    assertThat(shown(record)).doesNotContain(KEY, ADDRESS, "Bearer");
  }

  /** A stream brings a secret in pieces, none of which looks like one. */
  @Test
  void aSecretThatAStreamBringsInPiecesIsFound() throws Exception {
    server.enqueue(events(STREAM));
    String body = BODY.replace(
        "\"max_tokens\":50", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    SpendRecord record = record(builder -> builder.recordContent(10_000), secret(body), STREAM);

    assertThat(record.exchange().answer()).isEqualTo(REDACTED);
    assertThat(record.exchange().prompt()).contains("Mail [redacted e-mail]");
  }

  @Test
  void ofAStreamOfSeveralChoicesTheAnswerIsLeftOut() throws Exception {
    server.enqueue(events(STREAM));
    String body = BODY.replace(
        "\"max_tokens\":50", "\"n\":2,\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    SpendRecord record = record(builder -> builder.recordContent(10_000), secret(body), STREAM);

    assertThat(record.exchange().answer()).isNull();
    assertThat(record.exchange().prompt()).isNotNull();
  }

  @Test
  void compressedAnswersAndPromptsAreRecordedAsText() throws Exception {
    Buffer gzip = gzip(said());
    server.enqueue(json("").setBody(gzip.clone()).setHeader("Content-Encoding", "gzip"));
    Request request = secret(BODY)
        .newBuilder()
        .header("Content-Encoding", "gzip")
        .header("Accept-Encoding", "gzip") // so that OkHttp leaves the answer compressed
        .post(okhttp3.RequestBody.create(gzip(BODY).readByteArray(), JSON))
        .build();
    SpendRecord record = record(builder -> builder.recordContent(10_000), request, gzip.readUtf8());

    assertThat(record.exchange().answer()).isEqualTo(REDACTED);
    assertThat(record.exchange().prompt()).contains("Mail [redacted e-mail]");
  }

  private static Buffer gzip(String text) throws Exception {
    Buffer gzip = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(gzip))) {
      sink.writeUtf8(text);
    }
    return gzip;
  }

  @Test
  void theLimitCutsNoSecretInTwo() throws Exception {
    for (int limit = 1; limit < REDACTED.length() + 3; limit++) {
      records.clear();
      server.enqueue(json(said()));
      int most = limit;
      SpendRecord record = record(builder -> builder.recordContent(most), secret(BODY), said());

      assertThat(record.exchange().answer())
          .isEqualTo(REDACTED.substring(0, Math.min(limit, REDACTED.length())));
      assertThat(record.exchange().prompt()).hasSize(limit);
    }
  }

  @Test
  void aRedactorThatThrowsLeavesTheContentOutAndTheCallersAnswerAsItWas() throws Exception {
    server.enqueue(json(said()));
    SpendRecord record = record(
        builder -> builder.recordContent(1000, text -> {
          throw new IllegalStateException(text.toString());
        }),
        secret(BODY),
        said());

    assertThat(record.outcome()).isEqualTo(SpendRecord.Outcome.SETTLED);
    assertThat(record.exchange().prompt()).isNull();
    assertThat(record.exchange().answer()).isNull();
  }
}
