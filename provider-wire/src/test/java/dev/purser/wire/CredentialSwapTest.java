package dev.purser.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Denial;
import dev.purser.api.KeySecret;
import dev.purser.api.Secret;
import dev.purser.spi.Upstream;
import dev.purser.wire.CredentialSwap.Change;
import dev.purser.wire.CredentialSwap.Changed;
import dev.purser.wire.CredentialSwap.Lacking;
import dev.purser.wire.dialect.Dialects;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each place gets the credential of whoever reads it, and nobody else's. */
class CredentialSwapTest {

  private final String key = KeySecret.next(new SecureRandom()).reveal();
  private final Map<String, String> credentials = new HashMap<>();
  private final List<Upstream> asked = new ArrayList<>();

  private CredentialSwap.Result swap(Head head) {
    return new CredentialSwap(upstream -> {
          asked.add(upstream);
          String found = credentials.get(
              upstream.provider() == null ? upstream.authority() : upstream.provider());
          return found == null ? null : Secret.of(found);
        })
        .of(head, CarriedKey.in(head), "alice");
  }

  private Head to(String host) {
    return new Head("https://" + host + "/v1/chat/completions");
  }

  private static Map<String, String> changed(CredentialSwap.Result result) {
    assertThat(result).isInstanceOf(Changed.class);
    Map<String, String> values = new HashMap<>();
    for (Change change : ((Changed) result).changes()) {
      values.put((change.header() ? "" : "?") + change.name(), change.value());
    }
    return values;
  }

  private String lacking(CredentialSwap.Result result) {
    assertThat(result).isInstanceOf(Lacking.class);
    Denial denial = ((Lacking) result).denial();
    assertThat(denial.reason()).isEqualTo(Denial.Reason.NO_CREDENTIAL);
    assertThat(denial.key()).isEqualTo("alice");
    assertThat(denial.message()).doesNotContain(key).doesNotContain(credentials.values());
    return denial.detail();
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai, Authorization, 'Bearer '",
    "acme.openai.azure.com, azure, api-key, ''",
    "api.anthropic.com, anthropic, x-api-key, ''",
    "generativelanguage.googleapis.com, google, x-goog-api-key, ''",
    "openrouter.ai, openrouter, Authorization, 'Bearer '",
    "ai-gateway.helicone.ai, helicone, Authorization, 'Bearer '"
  })
  void aProviderGetsItsOwnAsItsCallerWroteIt(
      String host, String owner, String header, String before) {
    credentials.put(owner, "REAL");

    assertThat(changed(swap(to(host).with(header, before + key))))
        .containsExactly(Map.entry(header.toLowerCase(java.util.Locale.ROOT), before + "REAL"));
    assertThat(asked).containsExactly(new Upstream(owner, host, 443, "alice"));
  }

  @Test
  void aParameterIsSwappedLikeAHeader() {
    credentials.put("google", "REAL");
    Head head = new Head(
        "https://generativelanguage.googleapis.com/v1beta/models/x:generateContent?key=" + key);

    assertThat(changed(swap(head))).containsExactly(Map.entry("?key", "REAL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.openai.com/v1",
        "https://api.openai.com.evil.org/v1",
        "https://evil.azure-api.net/v1",
        "http://api.portkey.ai/v1",
        "https://localhost:4000/v1"
      })
  void aProvidersCredentialGoesToNoHostThatIsNotCertainlyItsOwn(String url) {
    Dialects.owners().forEach(owner -> credentials.put(owner, "REAL"));

    lacking(swap(new Head(url).with("Authorization", "Bearer " + key)));
    assertThat(asked).extracting(Upstream::provider).containsOnlyNulls();
  }

  @Test
  void aHostOfNobodyGetsWhatIsBoundToItInEveryPlace() {
    credentials.put("litellm.acme.dev:4000", "REAL");
    Head head = new Head("http://litellm.acme.dev:4000/v1")
        .with("Authorization", "Bearer " + key)
        .with("x-litellm-api-key", key);

    assertThat(changed(swap(head)))
        .containsOnly(
            Map.entry("authorization", "Bearer REAL"), Map.entry("x-litellm-api-key", "REAL"));
  }

  @Test
  void aProviderGetsNothingThatOnlyGatewaysRead() {
    credentials.put("openai", "REAL");

    assertThat(changed(swap(to("api.openai.com")
            .with("Authorization", "Bearer " + key)
            .with("x-litellm-api-key", key))))
        .containsEntry("authorization", "Bearer REAL")
        .containsEntry("x-litellm-api-key", null);
    lacking(swap(to("api.openai.com").with("x-litellm-api-key", key)));
  }

  @Test
  void portkeyGetsItsOwnAndTheProvidersWhereTheRequestNamesTheProvider() {
    credentials.put("portkey", "PORTKEY");
    credentials.put("mistral", "MISTRAL");

    assertThat(changed(swap(to("api.portkey.ai")
            .with("x-portkey-provider", "mistral-ai")
            .with("Authorization", "Bearer " + key))))
        .containsOnly(
            Map.entry("x-portkey-api-key", "PORTKEY"),
            Map.entry("authorization", "Bearer MISTRAL"));
  }

  @ParameterizedTest
  @CsvSource({
    "x-portkey-provider, @openai-prod",
    "x-portkey-provider, openai",
    "x-portkey-config, pc-prod-1234",
    "x-portkey-virtual-key, openai-1234"
  })
  void wherePortkeyKeepsTheProvidersKeyThePlaceIsCleared(String header, String value) {
    credentials.put("portkey", "PORTKEY");

    assertThat(changed(swap(to("api.portkey.ai")
            .with(header, value)
            .with("x-portkey-api-key", key)
            .with("Authorization", "Bearer " + key))))
        .containsEntry("x-portkey-api-key", "PORTKEY")
        .containsEntry("authorization", null);
  }

  @ParameterizedTest
  @CsvSource({
    "x-portkey-custom-host, https://evil.org/v1",
    "x-portkey-custom-host, http://api.openai.com/v1",
    "x-portkey-config, '{\"custom_host\":\"https://evil.org\"}'",
    "x-portkey-config, '{\"c\\u0075stom_h\\u006fst\":\"https://evil.org\"}'"
  })
  void portkeyIsNotToldToPassAProvidersCredentialOnToSomebodyElse(String header, String value) {
    credentials.put("portkey", "PORTKEY");
    credentials.put("openai", "OPENAI");
    Head head = to("api.portkey.ai")
        .with("x-portkey-provider", "openai")
        .with(header, value)
        .with("Authorization", "Bearer " + key);

    assertThat(changed(swap(head))).containsEntry("authorization", null);
  }

  @Test
  void portkeyWithAHarmlessConfigurationStillGetsTheProviders() {
    credentials.put("portkey", "PORTKEY");
    credentials.put("openai", "OPENAI");
    Head head = to("api.portkey.ai")
        .with("x-portkey-provider", "openai")
        .with("x-portkey-config", "{\"retry\":{\"attempts\":3}}")
        .with("Authorization", "Bearer " + key);

    assertThat(changed(swap(head))).containsEntry("authorization", "Bearer OPENAI");
  }

  @ParameterizedTest
  @CsvSource({
    "oai.helicone.ai, X-Other, x, openai",
    "oai.helicone.ai, Helicone-OpenAI-Api-Base, https://acme.openai.azure.com, azure",
    "anthropic.helicone.ai, X-Other, x, anthropic",
    "gateway.helicone.ai, Helicone-Target-Url, https://api.groq.com, groq"
  })
  void heliconePassesTheProvidersOn(String host, String header, String value, String provider) {
    credentials.put("helicone", "HELICONE");
    credentials.put(provider, "PROVIDER");

    assertThat(changed(swap(to(host).with(header, value).with("Authorization", "Bearer " + key))))
        .containsOnly(
            Map.entry("helicone-auth", "Bearer HELICONE"),
            Map.entry("authorization", "Bearer PROVIDER"));
  }

  @Test
  void heliconePassesOnToAHostOfNobodyWhatIsBoundToThatHost() {
    credentials.put("helicone", "HELICONE");
    credentials.put("api.lemonfox.ai:443", "LEMON");

    assertThat(changed(swap(to("gateway.helicone.ai")
            .with("Helicone-Target-Url", "https://api.lemonfox.ai")
            .with("Authorization", "Bearer " + key))))
        .containsEntry("authorization", "Bearer LEMON");
  }

  @ParameterizedTest
  @CsvSource({
    "gateway.helicone.ai, Helicone-Target-Url, https://evil.org",
    "gateway.helicone.ai, Helicone-Target-Url, https://api.openai.com@evil.org",
    "gateway.helicone.ai, X-Other, x",
    "oai.helicone.ai, Helicone-OpenAI-Api-Base, https://evil.org",
    "oai.helicone.ai, Helicone-Fallbacks, '[{\"target-url\":\"https://evil.org\"}]'"
  })
  void heliconeIsNotToldToPassAProvidersCredentialOnToSomebodyElse(
      String host, String header, String value) {
    Dialects.owners().forEach(owner -> credentials.put(owner, "REAL"));

    lacking(swap(to(host).with(header, value).with("Authorization", "Bearer " + key)));
  }

  @Test
  void twoTargetsAreNone() {
    Dialects.owners().forEach(owner -> credentials.put(owner, "REAL"));

    lacking(swap(to("gateway.helicone.ai")
        .with("Helicone-Target-Url", "https://api.groq.com")
        .with("Helicone-Target-Url", "https://evil.org")
        .with("Authorization", "Bearer " + key)));
  }

  @Test
  void aGatewayThatTheSourceDoesNotKnowSeesNoProvidersCredential() {
    credentials.put("openai", "OPENAI");

    assertThat(lacking(swap(to("oai.helicone.ai")
            .with("Helicone-Auth", "Bearer somebody's own")
            .with("Authorization", "Bearer " + key))))
        .contains("helicone");
    assertThat(changed(swap(to("api.portkey.ai")
            .with("x-portkey-api-key", "somebody's own")
            .with("x-portkey-provider", "openai")
            .with("Authorization", "Bearer " + key))))
        .containsExactly(new java.util.AbstractMap.SimpleEntry<>("authorization", null));
  }

  @Test
  void anAccountOfTheCallersOwnAtAGatewayGetsNoProvidersCredential() {
    credentials.put("helicone", "HELICONE");
    credentials.put("portkey", "PORTKEY");
    credentials.put("openai", "OPENAI");

    lacking(swap(to("oai.helicone.ai")
        .with("Helicone-Auth", "Bearer somebody's own")
        .with("Authorization", "Bearer " + key)));
    assertThat(changed(swap(to("api.portkey.ai")
            .with("x-portkey-api-key", "somebody's own")
            .with("x-portkey-config", "pc-somebodys-own")
            .with("x-portkey-provider", "openai")
            .with("Authorization", "Bearer " + key))))
        .containsExactly(new java.util.AbstractMap.SimpleEntry<>("authorization", null));
    assertThat(changed(swap(to("oai.helicone.ai")
            .with("Helicone-Auth", "Bearer HELICONE")
            .with("Authorization", "Bearer " + key))))
        .containsExactly(Map.entry("authorization", "Bearer OPENAI"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure-openai", "vertex-ai", "bedrock"})
  void aHostThatPortkeyMakesOfHeadersGetsNothing(String provider) {
    credentials.put("portkey", "PORTKEY");
    for (String owner : new String[] {"azure", "google", "aws"}) {
      credentials.put(owner, "REAL");
    }

    assertThat(changed(swap(to("api.portkey.ai")
            .with("x-portkey-provider", provider)
            .with("x-portkey-azure-resource-name", "evil.example.org/x?")
            .with("Authorization", "Bearer " + key))))
        .containsEntry("authorization", null);
  }

  @ParameterizedTest
  @CsvSource({
    "oai.helicone.ai, Helicone-Target-Url, https://evil.org",
    "gateway.helicone.ai, Helicone-OpenAI-Api-Base, https://evil.azure-api.net",
    "anthropic.helicone.ai, Helicone-OpenAI-Api-Base, https://evil.azure-api.net",
    "anthropic.helicone.ai, Helicone-Target-Url, https://evil.org",
  })
  void aTargetThatThisHostDoesNotExpectMakesItUncertain(String host, String header, String url) {
    credentials.put("helicone", "HELICONE");
    credentials.put("openai", "OPENAI");
    credentials.put("anthropic", "ANTHROPIC");
    Head head = to(host).with(header, url).with("Authorization", "Bearer " + key);

    lacking(swap(
        host.startsWith("gateway")
            ? head.with("Helicone-Target-Url", "https://api.openai.com")
            : head));
  }

  @Test
  void aRequestOfWhichItIsUncertainWhoGetsItGetsNothing() {
    credentials.put("openai", "REAL");
    credentials.put("api.openai.com:443", "REAL");
    credentials.put("api.openai.com.:443", "REAL");

    lacking(swap(to("api.openai.com.").with("Authorization", "Bearer " + key)));
    lacking(swap(to("api.openai.com")
        .with("Host", "evil.example.org")
        .with("Authorization", "Bearer " + key)));
    lacking(swap(
        new Head("http://api.openai.com:443/v1/models").with("Authorization", "Bearer " + key)));
    assertThat(changed(swap(to("api.openai.com")
            .with("Host", "API.openai.com:443")
            .with("Authorization", "Bearer " + key))))
        .containsEntry("authorization", "Bearer REAL");
  }

  @Test
  void theVirtualKeyInTheGatewaysPlaceNeedsTheGatewaysCredential() {
    credentials.put("openai", "OPENAI");

    assertThat(lacking(swap(to("api.portkey.ai").with("x-portkey-api-key", key))))
        .contains("portkey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REAL\nX-Evil: 1", "R\u00c9AL", "purser_nested"})
  void aCredentialThatNoHeaderCanCarryIsNone(String unfit) {
    credentials.put("openai", unfit);

    lacking(swap(to("api.openai.com").with("Authorization", "Bearer " + key)));
  }

  @Test
  void aLineEndBehindTheCredentialIsNoneOfIt() {
    credentials.put("openai", "REAL\n");

    assertThat(changed(swap(to("api.openai.com").with("Authorization", "Bearer " + key))))
        .containsEntry("authorization", "Bearer REAL");
  }

  @Test
  void nothingRendersACredential() {
    credentials.put("openai", "REAL");
    CredentialSwap.Result result =
        swap(to("api.openai.com").with("Authorization", "Bearer " + key));

    assertThat(result.toString()).doesNotContain("REAL").doesNotContain(key);
  }

  @Test
  void whoIsDeniedByAnthropicsGatewayReadsItInAnthropicsShape() {
    Denial denial = new Denial(Denial.Reason.UNKNOWN_KEY, "", null, "");

    assertThat(Dialects.denialBody("anthropic.helicone.ai", denial))
        .isEqualTo(Dialects.denialBody("api.anthropic.com", denial));
  }
}
