package dev.purser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Secret;
import dev.purser.wire.CredentialSwap.Change;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could not be translated is refused before the first call. */
class UpstreamHostTest {

  private static Secret secret() {
    return Secret.of("sk-1");
  }

  @ParameterizedTest
  @CsvSource({
    "groq, https://api.groq.com/openai/v1, https://api.groq.com/openai/v1/chat/completions",
    "groq, https://API.groq.com/openai/v1//, https://api.groq.com/openai/v1/chat/completions",
    "deepseek, https://api.deepseek.com, https://api.deepseek.com/chat/completions",
    "google, https://generativelanguage.googleapis.com/v1beta/openai,"
        + " https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
    "openrouter, https://openrouter.ai/api/v1, https://openrouter.ai/api/v1/chat/completions",
    "openai, http://localhost:4000/v1, http://localhost:4000/v1/chat/completions",
    "anthropic, https://api.anthropic.com, https://api.anthropic.com/v1/messages",
    "anthropic, https://api.anthropic.com/v1, https://api.anthropic.com/v1/messages",
    "deepseek, https://api.deepseek.com/anthropic, https://api.deepseek.com/anthropic/v1/messages",
    "anthropic, https://litellm.acme.dev:8443, https://litellm.acme.dev:8443/v1/messages"
  })
  void aCallGoesToTheEndpointBehindTheBaseUrl(String provider, String base, String url) {
    assertThat(UpstreamHost.of(provider, base, UpstreamHostTest::secret).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "groc, https://api.groq.com/openai/v1, no provider is called so",
    "Groq, https://api.groq.com/openai/v1, no provider is called so",
    "portkey, https://api.portkey.ai/v1, no provider is called so",
    "groq, https://api.portkey.ai/v1, a host of portkey",
    "azure, https://acme.openai.azure.com/openai/v1, name the model in their path",
    "aws, https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1, name the model in their path",
    "groq, https://api.openai.com/v1, a host of openai",
    "openai, https://us.api.openai.com/v1, its region",
    "groq, https://api.groq.com/openai/v1/chat/completions, this is an endpoint",
    "anthropic, https://api.anthropic.com/v1/messages, this is an endpoint",
    "groq, https://api.groq.com/openai/../v1, its path",
    "groq, https://api.groq.com/open%61i/v1, its path",
    "groq, https://api.groq.com./openai/v1, ends in a dot",
    "groq, ftp://api.groq.com/openai/v1, no URL of http",
    "groq, api.groq.com/openai/v1, no URL of http",
    "groq, 'https://api groq.com', it is no URL",
    "groq, http://llm.acme.dev/v1, without https"
  })
  void whatCannotBeTranslatedIsRefusedAndSaysWhy(String provider, String base, String why) {
    assertThatThrownBy(() -> UpstreamHost.of(provider, base, UpstreamHostTest::secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("upstream " + provider)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sk-secret@api.groq.com/openai/v1",
        "https://api.groq.com/openai/v1?key=sk-secret",
        "https://api.groq.com/openai/v1#sk-secret",
        "https://api.groq.com/ sk-secret"
      })
  void aCredentialInAUrlIsNotQuoted(String base) {
    assertThatThrownBy(() -> UpstreamHost.of("groq", base, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("sk-secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/v1",
        "http://127.0.0.1/v1",
        "http://[::1]:8080/v1",
        "https://llm.acme.dev/v1"
      })
  void aCredentialGoesToLoopbackWithoutTlsAndElsewhereWithIt(String base) {
    assertThat(UpstreamHost.of("groq", base, UpstreamHostTest::secret).ownCredential())
        .isEqualTo(secret());
  }

  @Test
  void aKnownHostThatNothingGivesACredentialForIsRefused() {
    UpstreamHost groq = UpstreamHost.of("groq", "https://api.groq.com/openai/v1", null);
    assertThatThrownBy(() -> Upstreams.of(List.of(groq), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no credential to send");
    assertThat(Upstreams.of(List.of(groq), true).find("groq", "openai.chat.completions"))
        .isSameAs(groq);
  }

  @Test
  void aHostInTheClearIsRefusedWhereASourceMayHaveACredentialForIt() {
    UpstreamHost lan = UpstreamHost.of("groq", "http://llm.acme.dev/v1", null);
    assertThatCode(() -> Upstreams.of(List.of(lan), false)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Upstreams.of(List.of(lan), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without https");
  }

  @Test
  void aProviderMayHaveAHostForEachApiButNotTwoForOne() {
    UpstreamHost chat =
        UpstreamHost.of("deepseek", "https://api.deepseek.com/v1", UpstreamHostTest::secret);
    UpstreamHost messages =
        UpstreamHost.of("deepseek", "https://api.deepseek.com/anthropic", UpstreamHostTest::secret);
    Upstreams both = Upstreams.of(List.of(chat, messages), false);
    assertThat(both.find("deepseek", "openai.chat.completions")).isSameAs(chat);
    assertThat(both.find("deepseek", "anthropic.messages")).isSameAs(messages);
    assertThat(both.find("deepseek", "openai.embeddings")).isNull();
    assertThat(both.find("groq", "openai.chat.completions")).isNull();
    assertThatThrownBy(() -> Upstreams.of(List.of(chat, chat), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two upstreams that speak alike");
  }

  @Test
  void aCredentialStandsWhereTheApiReadsIt() {
    Secret secret = secret();
    assertThat(UpstreamHost.of("groq", "http://localhost/v1", UpstreamHostTest::secret)
            .saying(secret))
        .containsExactly(new Change(true, "Authorization", "Bearer ", secret));
    assertThat(UpstreamHost.of("anthropic", "http://localhost", UpstreamHostTest::secret)
            .saying(secret))
        .containsExactly(new Change(true, "x-api-key", "", secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two\nlines",
        "schlüssel",
        "purser_abcdefghijkl_0123456789012345678901234567890123456789012"
      })
  void aCredentialThatCannotBeSentIsNone(String text) {
    assertThat(UpstreamHost.of("groq", "http://localhost/v1", () -> Secret.of(text))
            .ownCredential())
        .isNull();
  }

  @Test
  void nothingIsSaidOfTheCredential() {
    assertThat(UpstreamHost.of("groq", "http://localhost/v1", UpstreamHostTest::secret))
        .hasToString("groq at http://localhost/v1");
  }
}
