package dev.purser.core.content;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A made-up secret of a known shape.
 *
 * @param whole how it stands in a text
 * @param hidden what of it nobody may see, not even a part
 */
record Secret(String whole, String hidden) {

  /** What each begins with, how many characters follow, and which. */
  private record Shape(String prefix, int length, String alphabet) {}

  private static final String ALNUM =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private static final List<Shape> SHAPES = List.of(
      new Shape("purser_", 56, ALNUM),
      new Shape("sk-", 48, ALNUM),
      new Shape("sk-proj-", 120, ALNUM + "_-"),
      new Shape("sk-ant-api03-", 95, ALNUM + "_-"),
      new Shape("sk-or-v1-", 64, "0123456789abcdef"),
      new Shape("AIza", 35, ALNUM + "_-"),
      new Shape("gsk_", 52, ALNUM),
      new Shape("xai-", 80, ALNUM),
      new Shape("pplx-", 48, ALNUM),
      new Shape("hf_", 34, ALNUM),
      new Shape("r8_", 37, ALNUM),
      new Shape("nvapi-", 64, ALNUM + "_-"),
      new Shape("csk-", 48, ALNUM),
      new Shape("AKIA", 16, UPPER),
      new Shape("ASIA", 16, UPPER),
      new Shape("ABSK", 128, ALNUM + "+/"),
      new Shape("IQoJb3JpZ2lu", 600, ALNUM + "+/"),
      new Shape("aws_secret_access_key = ", 40, ALNUM + "+/"),
      new Shape("Bearer ", 40, ALNUM + "._~+/-"),
      new Shape("Authorization: bearer  ", 24, ALNUM),
      new Shape("\\\"api_key\\\": \\\"", 32, ALNUM),
      new Shape("api-key: ", 84, ALNUM),
      new Shape("eyJhbGciOiJIUzI1NiJ9.", 200, ALNUM + "_-"),
      new Shape("ghp_", 36, ALNUM),
      new Shape("github_pat_", 82, ALNUM + "_"),
      new Shape("glpat-", 20, ALNUM + "_-"),
      new Shape("xoxb-", 50, ALNUM + "-"));

  static Arbitrary<Secret> any() {
    return Arbitraries.oneOf(key(), awsSecretKey(), block(), email(), card());
  }

  private static Arbitrary<String> of(String alphabet, int length) {
    return Arbitraries.strings().withChars(alphabet.toCharArray()).ofLength(length);
  }

  /** With a digit early, as any that is truly random has. */
  private static Arbitrary<Secret> key() {
    return Arbitraries.of(SHAPES)
        .flatMap(shape -> of(shape.alphabet(), shape.length() - 2)
            .map(body -> body.charAt(0) + "7" + body.substring(1) + "2")
            .map(body -> new Secret(shape.prefix() + body, body)));
  }

  /** Begins like nothing; so it is known by its length and by what it is made of. */
  private static Arbitrary<Secret> awsSecretKey() {
    return of(ALNUM + "+/", 37).map(body -> "aB3" + body).map(body -> new Secret(body, body));
  }

  private static Arbitrary<Secret> block() {
    Arbitrary<String> kind = Arbitraries.of("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ");
    return Combinators.combine(kind, of(ALNUM + "+/", 64).list().ofMinSize(1).ofMaxSize(30))
        .as((name, lines) -> {
          String body = String.join("\\n", lines); // as JSON has it
          return new Secret(
              "-----BEGIN " + name + "PRIVATE KEY-----\\n" + body + "\\n-----END " + name
                  + "PRIVATE KEY-----",
              body);
        });
  }

  private static Arbitrary<Secret> email() {
    return Combinators.combine(of("abcdefghijklmnop.+-", 12), of("abcdefgh", 10))
        .as((local, domain) -> "x" + local + "@" + domain + ".example")
        .map(address -> new Secret(address, address));
  }

  private static Arbitrary<Secret> card() {
    return Combinators.combine(of("0123456789", 14), Arbitraries.of("", " ", "-"))
        .as((digits, separator) -> {
          String number = withCheckDigit("4" + digits);
          String shown = String.join(
              separator,
              number.substring(0, 4),
              number.substring(4, 8),
              number.substring(8, 12),
              number.substring(12));
          return new Secret(shown, shown);
        });
  }

  static String withCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 1 ? digit : digit * 2 / 10 + digit * 2 % 10;
    }
    return digits + (10 - sum % 10) % 10;
  }
}
