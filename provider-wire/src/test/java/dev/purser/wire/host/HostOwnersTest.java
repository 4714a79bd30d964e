package dev.purser.wire.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.dialect.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be trusted with a credential: not everybody whose calls are counted as a provider's. */
class HostOwnersTest {

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai",
    "EU.api.openai.com., openai",
    "acme.openai.azure.com, azure",
    "api.anthropic.com, anthropic",
    "openrouter.ai, openrouter",
    "europe-west1-aiplatform.googleapis.com, google",
    "bedrock-runtime.us-east-1.amazonaws.com, aws",
    "bedrock-runtime.us-gov-west-1.amazonaws.com, aws",
    "bedrock-agent-runtime.eu-central-1.amazonaws.com, aws",
    "vpce-1a2b.bedrock-runtime.us-east-1.vpce.amazonaws.com, aws",
    "bedrock-mantle.us-east-1.api.aws, aws",
    "bedrock-runtime.cn-north-1.amazonaws.com.cn, aws",
    "api.portkey.ai, portkey",
    "oai.helicone.ai, helicone",
    "anthropic.helicone.ai, helicone",
    "gateway.helicone.ai, helicone",
    "ai-gateway.helicone.ai, helicone"
  })
  void knowsWhoseHostItIs(String host, String owner) {
    assertThat(Dialects.ownerOf(host)).isEqualTo(owner);
    assertThat(Dialects.owners()).contains(owner);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "litellm.acme.dev",
        "api.openai.com.evil.org",
        "portkey.ai",
        "evil.portkey.ai",
        "x.helicone.ai.evil.org",
        "evil.azure-api.net",
        "evil.azure-api.net.",
        "azure-api.net",
        "bedrock-runtime.s3.amazonaws.com",
        "bedrock-runtime.s3.us-east-1.amazonaws.com",
        "bedrock-runtime.s3-website-us-east-1.amazonaws.com",
        "bedrock-runtime.execute-api.us-east-1.amazonaws.com",
        "bedrock-runtime.evil.us-east-1.elb.amazonaws.com"
      })
  void aHostThatSomebodyElseCouldHaveIsNobodys(String host) {
    assertThat(Dialects.ownerOf(host)).isNull();
  }

  @Test
  void aGatewayIsNoProviderWhoseModelsHavePrices() {
    assertThat(Dialects.providerOf("oai.helicone.ai")).isNull();
    assertThat(Dialects.providerOf("api.portkey.ai")).isNull();
    assertThat(Dialects.providerOf("evil.azure-api.net")).isEqualTo("azure");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.groq.com, api.groq.com",
    "https://API.groq.com:443/, api.groq.com",
    "https://api.groq.com/openai/v1/@x, api.groq.com"
  })
  void readsAPlainUrl(String url, String host) {
    assertThat(HostOwners.hostOf(url)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.groq.com",
        "http://api.groq.com",
        "https://api.groq.com:8443",
        "https://api.groq.com@evil.org",
        "https://x:y@api.groq.com",
        "https://api.groq.com\\@evil.org/",
        "https://evil.org\\.api.groq.com",
        "https://api.groq.com?.evil.org",
        "https://api.groq.com#.evil.org",
        "https://api.groq.com\t.evil.org",
        " https://api.groq.com",
        "https://api.groq.com/ x",
        "https:/api.groq.com"
      })
  void aUrlThatMightBeReadOtherwiseIsNone(String url) {
    assertThat(HostOwners.hostOf(url)).isNull();
  }
}
