package dev.purser.wire.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.purser.api.Secret;
import dev.purser.spi.CredentialSource;
import dev.purser.spi.Upstream;
import dev.purser.wire.dialect.Dialects;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentCredentialsTest {

  private final Map<String, String> environment = new HashMap<>();

  private EnvironmentCredentials.Builder builder() {
    return EnvironmentCredentials.builder().variables(environment::get);
  }

  private static Upstream provider(String name) {
    return new Upstream(name, "somewhere.example", 443, "alice");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, OPENAI_API_KEY",
    "azure, AZURE_OPENAI_API_KEY",
    "anthropic, ANTHROPIC_API_KEY",
    "google, GEMINI_API_KEY",
    "google, GOOGLE_API_KEY",
    "cohere, CO_API_KEY",
    "aws, AWS_BEARER_TOKEN_BEDROCK",
    "openrouter, OPENROUTER_API_KEY",
    "portkey, PORTKEY_API_KEY",
    "helicone, HELICONE_API_KEY"
  })
  void readsTheUsualVariable(String provider, String variable) {
    environment.put(variable, "  REAL\n");

    assertThat(builder().build().credentialFor(provider(provider))).isEqualTo(Secret.of("REAL"));
  }

  @Test
  void everyProviderHasAUsualVariable() {
    CredentialSource all =
        EnvironmentCredentials.builder().variables(name -> "REAL " + name).build();

    assertThat(Dialects.owners())
        .allSatisfy(owner -> assertThat(all.credentialFor(provider(owner))).isNotNull());
  }

  @Test
  void aHostOfNobodyHasNoUsualVariable() {
    CredentialSource all =
        EnvironmentCredentials.builder().variables(name -> "REAL").build();

    assertThat(all.credentialFor(new Upstream(null, "litellm.acme.dev", 443, "alice")))
        .isNull();
  }

  @Test
  void aHostReadsTheVariableThatIsBoundToItAndItsPort() {
    environment.put("LITELLM_API_KEY", "REAL");
    CredentialSource source =
        builder().host("LiteLLM.acme.dev:4000", "LITELLM_API_KEY").build();

    assertThat(source.credentialFor(new Upstream(null, "litellm.acme.dev", 4000, "alice")))
        .isEqualTo(Secret.of("REAL"));
    assertThat(source.credentialFor(new Upstream(null, "litellm.acme.dev", 443, "alice")))
        .isNull();
    assertThat(source.credentialFor(new Upstream(null, "acme.dev", 4000, "alice")))
        .isNull();
  }

  @Test
  void aHostSaysMoreThanItsProviderAndAKeyMoreThanAll() {
    environment.putAll(Map.of("OPENAI_API_KEY", "ALL", "EU", "EUROPE", "ALICE", "ALICES"));
    CredentialSource source = builder()
        .host("eu.api.openai.com", "EU")
        .provider("openai@alice", "ALICE")
        .build();

    assertThat(source.credentialFor(new Upstream("openai", "api.openai.com", 443, "bob")))
        .isEqualTo(Secret.of("ALL"));
    assertThat(source.credentialFor(new Upstream("openai", "eu.api.openai.com", 443, "bob")))
        .isEqualTo(Secret.of("EUROPE"));
    assertThat(source.credentialFor(new Upstream("openai", "api.openai.com", 443, "alice")))
        .isEqualTo(Secret.of("ALICES"));
  }

  @Test
  void whatIsBoundToAGatewaysHostIsTheGatewaysAndNotTheProvidersBehindIt() {
    environment.put("GATE", "GATEWAYS");
    CredentialSource source = builder().host("api.portkey.ai", "GATE").build();

    assertThat(source.credentialFor(new Upstream("portkey", "api.portkey.ai", 443, "alice")))
        .isEqualTo(Secret.of("GATEWAYS"));
    assertThat(source.credentialFor(new Upstream("openai", "api.portkey.ai", 443, "alice")))
        .isNull();
  }

  @Test
  void aVariableThatHoldsAVirtualKeyIsPassedOver() {
    environment.putAll(Map.of("GEMINI_API_KEY", "purser_virtual", "GOOGLE_API_KEY", "REAL"));
    environment.put("OPENAI_API_KEY", "purser_virtual");
    environment.put("MY_OPENAI", "REAL OPENAI");

    assertThat(builder().build().credentialFor(provider("openai"))).isNull();
    assertThat(builder().build().credentialFor(provider("google"))).isEqualTo(Secret.of("REAL"));
    assertThat(builder().provider("openai", "MY_OPENAI").build().credentialFor(provider("openai")))
        .isEqualTo(Secret.of("REAL OPENAI"));
  }

  @Test
  void aVariableThatIsNamedMustBeSet() {
    environment.put("VIRTUAL", "purser_virtual");

    assertThatIllegalStateException()
        .isThrownBy(() -> builder().host("litellm.acme.dev", "LITELLM_API_KEY").build())
        .withMessageContaining("LITELLM_API_KEY")
        .withMessageContaining("litellm.acme.dev:443");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().provider("openai", "VIRTUAL").build())
        .withMessageNotContaining("purser_virtual");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "opnai",
        "a b",
        "host:",
        "host:x",
        "host:0",
        "host:65536",
        "https://a.b",
        "a.b/c",
        "[::1",
        "[x]:80",
        "openai@",
        "::1"
      })
  void aNameOfNobodyIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().host(name, "X"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().provider(name, "X"));
  }

  @Test
  void aHostIsNoProviderAndAProviderNoHost() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().host("openai@a:b", "X"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().provider("litellm.acme.dev", "X"));
  }

  @Test
  void ipv6IsAHost() {
    environment.put("X", "REAL");

    assertThat(builder()
            .host("[::1]:4000", "X")
            .build()
            .credentialFor(new Upstream(null, "::1", 4000, "alice")))
        .isEqualTo(Secret.of("REAL"));
  }

  @Test
  void rendersNoValue() {
    environment.put("OPENAI_API_KEY", "REAL");

    assertThat(builder().build()).asString().contains("openai").doesNotContain("REAL");
  }
}
