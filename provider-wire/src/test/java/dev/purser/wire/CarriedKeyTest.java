package dev.purser.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.KeySecret;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a virtual key stands in a request, it is found. */
class CarriedKeyTest {

  private static final String URL = "https://api.openai.com/v1/chat/completions";
  private final String key = KeySecret.next(new SecureRandom()).reveal();
  private final String other = KeySecret.next(new SecureRandom()).reveal();

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Bearer '",
    "authorization, 'bearer   '",
    "Authorization, ''",
    "Authorization, 'Token '",
    "x-api-key, ''",
    "X-Api-Key, ' '",
    "api-key, ''",
    "x-goog-api-key, ''",
    "x-litellm-api-key, 'Bearer '",
    "x-portkey-api-key, ''",
    "Helicone-Auth, 'Bearer '",
    "Ocp-Apim-Subscription-Key, ''"
  })
  void inAHeaderWhereACredentialIsRead(String header, String before) {
    CarriedKey carried =
        CarriedKey.in(new Head(URL).with("Accept", "*/*").with(header, before + key + " "));

    assertThat(carried).isNotNull();
    assertThat(carried.objection()).isNull();
    assertThat(carried.credential()).isEqualTo(Credential.of(key));
    assertThat(carried.places()).singleElement().satisfies(place -> {
      assertThat(place.name()).isEqualToIgnoringCase(header);
      assertThat(place.before()).isEqualTo(before);
    });
    assertThat(carried).asString().doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "api_key", "api-key", "subscription-key"})
  void inAParameterWhereACredentialIsRead(String name) {
    CarriedKey carried = CarriedKey.in(new Head(URL + "?alt=sse&" + name + "=" + key));

    assertThat(carried).isNotNull();
    assertThat(carried.objection()).isNull();
    assertThat(carried.credential()).isEqualTo(Credential.of(key));
  }

  @Test
  void behindAnEncodingOfItsLetters() {
    assertThat(CarriedKey.in(new Head(URL + "?key=%70" + key.substring(1)))).isNotNull();
  }

  @Test
  void whatWasMeantAsOneIsOne() {
    CarriedKey carried =
        CarriedKey.in(new Head(URL).with("Authorization", "Bearer purser_nonsense"));

    assertThat(carried).isNotNull();
    assertThat(carried.credential().isVirtualKey()).isTrue();
    assertThat(carried.objection()).isNull();
  }

  @Test
  void severalTimesTheSame() {
    CarriedKey carried = CarriedKey.in(
        new Head(URL).with("Authorization", "Bearer " + key).with("x-portkey-api-key", key));

    assertThat(carried).isNotNull();
    assertThat(carried.objection()).isNull();
    assertThat(carried.places()).hasSize(2);
  }

  @Test
  void twoDifferentOnesAreOneTooMany() {
    CarriedKey carried = CarriedKey.in(
        new Head(URL).with("Authorization", "Bearer " + key).with("x-api-key", other));

    assertObjection(carried, Denial.Reason.UNKNOWN_KEY);
  }

  @Test
  void whereNobodyReadsOneItIsObjectedTo() {
    Head good = new Head(URL).with("Authorization", "Bearer " + key);
    assertObjection(
        CarriedKey.in(good.with("User-Agent", "app/1 (" + key + ")")), Denial.Reason.NO_CREDENTIAL);
    assertObjection(CarriedKey.in(new Head(URL).with("Cookie", "k=" + key)), null);
    assertObjection(CarriedKey.in(new Head(URL).with("Authorization", "Bearer a " + key)), null);
    assertObjection(
        CarriedKey.in(new Head(URL).with("Authorization", "Bearer " + key + " x")), null);
    assertObjection(CarriedKey.in(new Head(URL + "?user=" + key)), null);
    assertObjection(CarriedKey.in(new Head(URL + "?" + key)), null);
    assertObjection(CarriedKey.in(new Head(URL + "?key=Bearer%20" + key)), null);
    assertObjection(CarriedKey.in(new Head(URL + "/" + key)), null);
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Basic ', 'x:', ''",
    "authorization, 'basic  ', '', ':'",
    "Authorization, 'BASIC ', 'ab:', '?>~'",
    "Proxy-Authorization, 'Basic ', 'abc:', ''",
    "x-api-key, 'Basic ', 'x:', ':y'"
  })
  void inWhatBasicHidesItIsObjectedTo(String header, String scheme, String user, String more) {
    byte[] pair = (user + key + more).getBytes(UTF_8);

    for (Base64.Encoder encoder : new Base64.Encoder[] {
      Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding()
    }) {
      String value = scheme + encoder.encodeToString(pair);
      assertThat(CarriedKey.mayBeIn(value)).isTrue();
      assertObjection(
          CarriedKey.in(new Head(URL).with("Authorization", "Bearer " + other).with(header, value)),
          null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Basic eDp5", "Basic ?", "Basic a", "Basically none"})
  void ordinaryPasswordsAreNone(String value) {
    assertThat(CarriedKey.in(new Head(URL).with("Authorization", value))).isNull();
  }

  private void assertObjection(CarriedKey carried, Denial.Reason reason) {
    assertThat(carried).isNotNull();
    Denial objection = carried.objection();
    assertThat(objection).isNotNull();
    assertThat(objection.toString() + objection.message() + carried).doesNotContain(key, other);
    assertThat(objection.reason()).isEqualTo(reason == null ? Denial.Reason.NO_CREDENTIAL : reason);
  }

  @Test
  void ordinaryRequestsCarryNone() {
    assertThat(CarriedKey.in(new Head(URL + "?alt=sse&a%20b&key=sk-1")
            .with("Authorization", "Bearer sk-2")
            .with("x-api-key", "")
            .with("x-trace", "purser_run_7")))
        .isNull();
  }
}
