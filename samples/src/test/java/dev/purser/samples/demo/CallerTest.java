package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.UnexpectedStatusCodeException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SDK's four ways to call, against the provider alone: what the loop does without Purser. */
class CallerTest {

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void aWholeAnswerIsReadAndBilled(boolean async, boolean stream) throws Exception {
    try (MockProvider provider = MockProvider.start();
        Caller caller = caller(async, stream, provider, chain -> chain.proceed(chain.request()))) {
      assertThat(caller.call()).isEqualTo(Tokens.text(Conversation.OUTPUT_TOKENS));
      assertThat(provider.bill().total()).hasToString("0.1800175");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void anAnswerThatIsNoAnswerIsThrownAsTheSdkDoes(boolean async, boolean stream) throws Exception {
    Interceptor refusing = chain -> new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(402)
        .message("Payment Required")
        .body(ResponseBody.create(
            "{\"error\":{\"message\":\"no money\"}}", MediaType.get("application/json")))
        .build();
    try (MockProvider provider = MockProvider.start();
        Caller caller = caller(async, stream, provider, refusing)) {
      assertThatExceptionOfType(UnexpectedStatusCodeException.class)
          .isThrownBy(caller::call)
          .withMessageContaining("no money");
      assertThat(provider.bill().calls()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void aWholeAnswerOfTheOtherSdkIsReadAndBilled(boolean async, boolean stream) throws Exception {
    try (MockProvider provider = MockProvider.start();
        Caller caller = async
            ? new AnthropicAsyncCaller(provider.root(), next -> next, stream)
            : new AnthropicBlockingCaller(provider.root(), next -> next, stream)) {
      assertThat(caller.call()).isEqualTo(Tokens.text(Conversation.OUTPUT_TOKENS));
      assertThat(provider.bill().total()).hasToString("0.264024");
      assertThat(provider.credentials()).containsExactly("sk-ant-demo");
    }
  }

  private static Caller caller(
      boolean async, boolean stream, MockProvider provider, Interceptor interceptor) {
    return async
        ? new AsyncCaller(provider.baseUrl(), interceptor, stream)
        : new BlockingCaller(provider.baseUrl(), interceptor, stream);
  }
}
