package dev.purser.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.core.Redactors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorsTest {

  private static final String B = "q7Wm2Zx9Lk4Vb8Nc1Rt6Yp3Ds5Fg0Hj"; // a body that any key may have

  @ParameterizedTest
  @CsvSource({
    "Use sk-#., Use [redacted key].",
    "task-sk-ant-api03-#, task-[redacted key]",
    "gsk_# and hf_#, [redacted key] and [redacted key]",
    "?key=AIza#&alt=sse, ?key=[redacted key]&alt=sse",
    "Authorization: Bearer #, Authorization: Bearer [redacted key]",
    "Basic dXNlcjpwYXNzd29yZA==, Basic [redacted key]",
    "'{\"api_key\":\"#\"}', '{\"api_key\":\"[redacted key]\"}'",
    "'{\\\"apiKey\\\": \\\"#\\\"}', '{\\\"apiKey\\\": \\\"[redacted key]\\\"}'",
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY,"
        + " AWS_SECRET_ACCESS_KEY=[redacted key]",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, [redacted key]",
    "AKIAIOSFODNN7EXAMPLE!, [redacted key]!",
    "password: hunter2hunter2, password: [redacted key]",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1 x, [redacted key] x",
  })
  void keysAreTakenOut(String text, String redacted) {
    assertThat(Redactors.apiKeys().redact(text.replace("#", B)))
        .isEqualTo(redacted.replace("#", B));
  }

  /** Found at random: the key within was taken out first, and the token ended there. */
  @Test
  void aTokenIsTakenOutWholeIfItHasInItsMiddleWhatLooksLikeAKey() {
    String token = "eyJhbGciOiJIUzI1NiJ9.eyJz-hf_" + B + "_bp6gqySIZVNn-7lMC";

    assertThat(Redactors.apiKeys().redact("a " + token + " b")).isEqualTo("a [redacted key] b");
  }

  @Test
  void aPrivateKeyIsTakenOutEvenIfItsEndIsMissing() {
    String begin = "a -----BEGIN " + "RSA PRIVATE KEY-----\n" + B + "\n";

    assertThat(Redactors.apiKeys().redact(begin + "-----END " + "RSA PRIVATE KEY----- b"))
        .isEqualTo("a [redacted key] b");
    assertThat(Redactors.apiKeys().redact(begin)).isEqualTo("a [redacted key]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is a purser? The officer who keeps the money.",
        "task-management-for-everybody, risk-assessment-and-so-on",
        "\"max_tokens\":4096,\"model\":\"claude-sonnet-4-5-20250929\"",
        "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12", // a commit
        "chatcmpl-9x8y7z, msg_01XFDUDYJgAZTv",
        "the bearer of good news, basic knowledge, a basic understanding, bearer certificates",
        "task-management-2024-overview",
        "-----BEGIN CERTIFICATE-----",
        "password: no",
        "123e4567-e89b-12d3-a456-426614174000",
      })
  void whatIsNoSecretStays(String text) {
    assertThat(Redactors.standard().redact(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "Write to alice@acme.dev., Write to [redacted e-mail].",
    "'<Bob.O''Neil+x@mail.acme.co.uk>', '<[redacted e-mail]>'",
    "jürgen@müller.example ok, [redacted e-mail] ok",
    "a@b.c;d@e.f, [redacted e-mail];[redacted e-mail]",
    "a@b@c.de, a@[redacted e-mail]",
    "mailto:alice@acme.dev?x, mailto:[redacted e-mail]?x",
    "@Override and @acme.dev, @Override and @acme.dev",
    "alice@localhost, alice@localhost",
    "alice@acme., alice@acme.",
    "no address, no address",
  })
  void addressesAreTakenOut(String text, String redacted) {
    assertThat(Redactors.emailAddresses().redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource({
    "4111111111111111, [redacted card]",
    "pay 4111 1111 1111 1111 now, pay [redacted card] now",
    "5500-0000-0000-0004, [redacted card]",
    "3782 822463 10005, [redacted card]", // American Express
    "30569309025904, [redacted card]", // Diners Club
    "4222222222222, [redacted card]",
    "4111111111111112, 4111111111111112", // a wrong check digit
    "1111111111111117, 1111111111111117", // of no scheme
    "41111111111111110000000, 41111111111111110000000", // too long
    "1764547200000, 1764547200000", // an instant
    "4111  1111 1111 1111, 4111  1111 1111 1111",
    "2026 4111 1111 1111 1111, 2026 [redacted card]",
  })
  void cardsAreTakenOut(String text, String redacted) {
    assertThat(Redactors.cardNumbers().redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @CsvSource({
    "\\u0073k\\u002dX, sk-X",
    "a\\u0040b.de, a@b.de",
    "a\\/b, a/b",
    "\\u0022 \\u005c \\u000a \\u00e4, \\u0022 \\u005c \\u000a \\u00e4",
    "\\\\u0041, \\\\u0041", // a backslash, and then a word
    "\\u00, \\u00",
    "\\uZZZZ, \\uZZZZ",
    "\\, \\",
  })
  void whatIsEscapedWithoutNeedIsWrittenAsItself(String json, String resolved) {
    assertThat(JsonEscapes.resolved(json)).isEqualTo(resolved);
  }

  /** What a backtracking expression would take minutes for, or a recursive one a deep stack. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@",
        "a@",
        "a.",
        "-",
        "1",
        "1 ",
        "eyJ",
        "sk-",
        "=",
        "Bearer ",
        "\\",
        "-----BEGIN A PRIVATE KEY-----",
        "api_key",
        "A1b",
        " "
      })
  void longTextsOfOddKindsAreLookedThrough(String piece) {
    String text = piece.repeat(200_000 / piece.length());

    assertThat(Redactors.standard().redact(text)).isNotNull();
  }
}
