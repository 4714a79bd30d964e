package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 9: a session or a tag that is sent in a header instead of the body escapes its budget. */
class SessionAndTagWhereverTheyStandTrap9Test extends OverHttp {

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();

  /** One call at $0.0001 fits, and then the session's or the repository's money is gone. */
  private Purser purser(Dimension dimension) {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("narrow", Usd.of("0.0006")).per(dimension))
        .sink(records::add)
        .build();
  }

  private int code(Purser purser, Request request) throws Exception {
    try (Response response =
        client(new BudgetInterceptor(purser)).newCall(request).execute()) {
      return response.code();
    }
  }

  private static Request withSession(Request request, String place) {
    return switch (place) {
      case "metadata" -> withBody(request, "\"metadata\":{\"session_id\":\"s1\"}");
      case "tag" ->
        request
            .newBuilder()
            .tag(Attribution.class, Attribution.NONE.session("s1"))
            .build();
      default -> request.newBuilder().header(place, "s1").build();
    };
  }

  private static Request withBody(Request request, String field) {
    return request
        .newBuilder()
        .post(RequestBody.create(ASK.replaceFirst("\\{", "{" + field + ","), JSON))
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x-purser-session", "Helicone-Session-Id", "x-litellm-trace-id", "metadata", "tag"
      })
  void theSessionIsTheSameWhereverItIsNamed(String place) throws Exception {
    server.enqueue(json(ANSWER));
    try (Purser purser = purser(Dimension.SESSION)) {
      assertThat(code(purser, withSession(ask(ASK), "metadata"))).isEqualTo(200);
      assertThat(code(purser, withSession(ask(ASK), place))).isEqualTo(402);
    }
    assertThat(records)
        .extracting(record -> record.attribution().session())
        .containsExactly("s1", "s1");
  }

  @Test
  void aTagInAHeaderDrawsOnTheTagsBudget() throws Exception {
    server.enqueue(json(ANSWER));
    Request byHeader =
        ask(ASK).newBuilder().header("x-purser-tag-repo", "acme/shop").build();
    Request byTag = ask(ASK)
        .newBuilder()
        .tag(Attribution.class, Attribution.NONE.tag("repo", "acme/shop"))
        .build();
    try (Purser purser = purser(Dimension.tag("repo"))) {
      assertThat(code(purser, byHeader)).isEqualTo(200);
      assertThat(code(purser, byTag)).isEqualTo(402);
    }
  }
}
