package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no dialect speaks: free, or unmetered for a reason. */
class EndpointsTest {

  private static final String OPENAI = "api.openai.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/messages/count_tokens",
        "/v1beta/models/gemini-2.5-flash:countTokens",
        "/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-pro%3AcountTokens",
        "/model/anthropic.claude-3-haiku-20240307-v1%3A0/count-tokens",
        "/v1/responses/input_tokens",
        "/v1/tokenize",
        "/detokenize/",
        "/v1/files",
        "/upload/v1beta/files",
        "/v1/uploads/upload_1/parts",
        "/v1/batches/batch_1/cancel",
        "/v1/responses/resp_1/cancel",
        "/v1/threads/thread_1/messages",
        "/v1/moderations"
      })
  void toCountToKeepAndToStopIsFree(String path) {
    assertThat(Dialects.isFree("POST", OPENAI, path)).isTrue();
    assertThat(Dialects.find("POST", OPENAI, path)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/batches",
        "/v1/messages/batches",
        "/v1/chat/completions",
        "/v1/threads/runs",
        "/v1/threads/thread_1/runs",
        "/v1/profiles",
        "/v1/vector_stores",
        "/v1/fine_tuning/jobs"
      })
  void whatMayCostSomethingIsNotFree(String path) {
    assertThat(Dialects.isFree("POST", OPENAI, path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/conversations", "/v1/conversations/conv_1", "/v1/threads"})
  void whatOpenAiKeepsForNothingOthersBill(String path) {
    assertThat(Dialects.isFree("POST", OPENAI, path)).isTrue();
    assertThat(Dialects.isFree("POST", "api.mistral.ai", path)).isFalse();
    assertThat(Dialects.isFree("POST", "localhost", path)).isFalse();
  }

  @Test
  void moderationsAreFreeAtOpenAiOnly() {
    assertThat(Dialects.isFree("POST", "api.mistral.ai", "/v1/moderations")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/batches, batch",
    "POST, /v1/messages/batches, batch",
    "POST, /v1/batch/jobs, batch",
    "POST, /v1beta/models/gemini-2.5-flash:batchGenerateContent, batch",
    "POST, /model-invocation-job, batch",
    "POST, /v1/projects/p/locations/l/batchPredictionJobs, batch",
    "POST, /v1/fine_tuning/jobs, training",
    "POST, /v1beta/models/veo-3.0-generate-001:predictLongRunning, later",
    "POST, /v1/videos, later",
    "POST, /v1/threads/thread_1/runs, run",
    "POST, /v1beta/cachedContents, cache",
    "POST, /v1/realtime/client_secrets, realtime",
    "GET, /v1/realtime, realtime",
    "GET, /ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, realtime",
    "GET, /v1/other, socket",
    "POST, /v1/something/new, no dialect for this endpoint"
  })
  void theRestIsUnmeteredForAReason(String method, String path, String why) {
    assertThat(Dialects.whyUnmetered(method, OPENAI, path)).contains(why);
  }
}
