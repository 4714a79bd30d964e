package dev.purser.wire.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Dialect;
import dev.purser.wire.dialect.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai",
    "eu.api.openai.com, openai",
    "API.OpenAI.com., openai",
    "acme.openai.azure.com, azure",
    "acme.services.ai.azure.com, azure",
    "acme.cognitiveservices.azure.com, azure",
    "acme.azure-api.net, azure",
    "api.anthropic.com, anthropic",
    "generativelanguage.googleapis.com, google",
    "aiplatform.googleapis.com, google",
    "europe-west1-aiplatform.googleapis.com, google",
    "aiplatform.eu.rep.googleapis.com, google",
    "bedrock-runtime.us-east-1.amazonaws.com, aws",
    "bedrock-runtime-fips.us-gov-west-1.amazonaws.com, aws",
    "vpce-1a2b.bedrock-runtime.us-east-1.vpce.amazonaws.com, aws",
    "bedrock-mantle.us-east-1.api.aws, aws",
    "api.mistral.ai, mistral",
    "api.cohere.com, cohere",
    "api.deepseek.com, deepseek",
    "api.moonshot.cn, moonshotai",
    "api.x.ai, x-ai",
    "api.groq.com, groq",
    "openrouter.ai, openrouter",
    "api.perplexity.ai, perplexity",
    "api.together.xyz, together",
    "api.cerebras.ai, cerebras",
    "api.voyageai.com, voyageai",
    "api.fireworks.ai, fireworks"
  })
  void namesTheProviderOfItsHosts(String host, String provider) {
    assertThat(Dialects.providerOf(host)).isEqualTo(provider);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "[::1]",
        "",
        ".",
        "example.org",
        "api.openai.com.example.org",
        "notapi.openai.com",
        "evilapi.openai.com",
        "openai.com",
        "fakeopenrouter.ai",
        "s3.us-east-1.amazonaws.com",
        "bedrock-runtime.example.org",
        "storage.googleapis.com",
        "azure.com"
      })
  void knowsNobodyByAPartOfAName(String host) {
    assertThat(Dialects.providerOf(host)).isNull();
  }

  @Test
  void aDialectIsFoundByPathWhateverTheHost() {
    Dialect chat = Dialects.find("POST", "127.0.0.1", "/v1/chat/completions");

    assertThat(chat).isNotNull().extracting(Dialect::name).isEqualTo("openai.chat.completions");
    assertThat(Dialects.find("POST", "x", "/openai/deployments/a/chat/completions"))
        .isSameAs(chat);
    assertThat(Dialects.find("GET", "api.openai.com", "/v1/chat/completions")).isNull();
    assertThat(Dialects.find("POST", "api.openai.com", "/v1/chat/completions/x"))
        .isNull();
    assertThat(Dialects.find("POST", "api.openai.com", "/v1/files")).isNull();
  }
}
