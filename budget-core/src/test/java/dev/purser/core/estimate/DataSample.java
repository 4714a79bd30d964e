package dev.purser.core.estimate;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Data as it gets into prompts, generated from a fixed seed. */
enum DataSample {
  JSON("JSON") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append("{\"id\":\"call-").append(random.nextInt(100_000)).append("\",\"cost_usd\":0.");
      text.append(random.nextInt(9999))
          .append(",\"model\":\"gpt-4o-mini\",\"tags\":[\"batch\",\"eu\"],");
      text.append("\"stream\":true,\"user\":{\"name\":\"")
          .append(WORDS[random.nextInt(WORDS.length)]);
      text.append("\",\"team\":null}},");
    }
  },
  INDENTED_JSON("JSON, indented") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append("  {\n    \"type\": \"function\",\n    \"function\": {\n      \"name\": \"get_");
      text.append(WORDS[random.nextInt(WORDS.length)]);
      text.append("\",\n      \"description\": \"Looks up a ")
          .append(WORDS[random.nextInt(WORDS.length)]);
      text.append(" by its id.\",\n      \"parameters\": {\n        \"type\": \"object\",\n");
      text.append("        \"properties\": {\"id\": {\"type\": \"integer\", \"minimum\": ");
      text.append(random.nextInt(100))
          .append("}},\n        \"required\": [\"id\"]\n      }\n    }\n  },\n");
    }
  },
  CSV("CSV") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(String.format(
          Locale.ROOT,
          "%d,2026-%02d-%02d,%s,\"%s, %s\",%.2f%n".replace("%n", "\n"),
          random.nextInt(100_000),
          1 + random.nextInt(12),
          1 + random.nextInt(28),
          WORDS[random.nextInt(WORDS.length)],
          WORDS[random.nextInt(WORDS.length)],
          WORDS[random.nextInt(WORDS.length)],
          random.nextInt(100_000) / 100.0));
    }
  },
  NUMBERS("Numbers") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(random.nextInt(1 << random.nextInt(1, 31))).append(' ');
    }
  },
  FLOATS("Embeddings (floats)") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(random.nextFloat() - 0.5f).append(", ");
    }
  },
  DIGITS("Digits without a break") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(random.nextInt(10));
    }
  },
  BASE64("Base64") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(Base64.getEncoder().encodeToString(bytes(random, 48)));
    }
  },
  BASE64URL("Base64 of a token (JWT)") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append("eyJhbGciOiJIUzI1NiJ9.");
      text.append(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 70)));
      text.append('.');
      text.append(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, 32)));
      text.append('\n');
    }
  },
  HEX("Hex") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(HexFormat.of().formatHex(bytes(random, 32))).append('\n');
    }
  },
  HEX_DUMP("Hex dump") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(HexFormat.of().toHexDigits(text.length())).append(": ");
      text.append(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes(random, 16)));
      text.append('\n');
    }
  },
  UUIDS("UUIDs") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(new UUID(random.nextLong(), random.nextLong())).append('\n');
    }
  },
  RANDOM_LETTERS("Random small letters") {
    @Override
    void add(StringBuilder text, Random random) {
      for (int i = 4 + random.nextInt(16); i > 0; i--) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      text.append(' ');
    }
  },
  BASE32("Base32") {
    @Override
    void add(StringBuilder text, Random random) {
      for (int i = 0; i < 52; i++) {
        text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32)));
      }
      text.append('\n');
    }
  },
  NUCLEOTIDES("DNA") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append("ACGT".charAt(random.nextInt(4)));
    }
  },
  ANY_ASCII("Random printable ASCII") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append((char) (' ' + random.nextInt(95)));
    }
  },
  CAPITALS("English in capitals") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(WORDS[random.nextInt(WORDS.length)].toUpperCase(Locale.ROOT)).append(' ');
    }
  },
  URLS("URLs") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append("https://").append(WORDS[random.nextInt(WORDS.length)]).append(".example.org/v");
      text.append(random.nextInt(4)).append('/').append(WORDS[random.nextInt(WORDS.length)]);
      text.append("?id=").append(random.nextInt(1_000_000)).append("&utm_source=");
      text.append(WORDS[random.nextInt(WORDS.length)]).append("&sig=");
      text.append(Integer.toString(random.nextInt(Integer.MAX_VALUE), 36))
          .append("%2F&lang=en-GB\n");
    }
  },
  LOG("Log lines") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(String.format(
          Locale.ROOT,
          "10.%d.%d.%d - - [24/Nov/2026:%02d:%02d:%02d +0000] \"GET /api/%s/%d HTTP/1.1\" %d %d"
              + " \"-\" \"curl/8.5.0\"",
          random.nextInt(256),
          random.nextInt(256),
          random.nextInt(256),
          random.nextInt(24),
          random.nextInt(60),
          random.nextInt(60),
          WORDS[random.nextInt(WORDS.length)],
          random.nextInt(10_000),
          200 + random.nextInt(300),
          random.nextInt(100_000)));
      text.append('\n');
    }
  },
  EMOJI("Emoji") {
    @Override
    void add(StringBuilder text, Random random) {
      text.appendCodePoint(0x1F600 + random.nextInt(80));
    }
  },
  RARE_EMOJI("Emoji, all blocks") {
    @Override
    void add(StringBuilder text, Random random) {
      int[] blocks = {0x1F300, 0x1F400, 0x1F500, 0x1F680, 0x1F900, 0x1F990, 0x1FA70};
      text.appendCodePoint(blocks[random.nextInt(blocks.length)] + random.nextInt(64));
    }
  },
  JOINED_EMOJI("Emoji, joined and coloured") {
    @Override
    void add(StringBuilder text, Random random) {
      text.appendCodePoint(0x1F468 + random.nextInt(2));
      text.appendCodePoint(0x1F3FB + random.nextInt(5)).append('\u200d');
      text.append(new String[] {"\u2695\ufe0f", "\ud83d\udcbb", "\ud83d\ude80"}[random.nextInt(3)]);
      text.append(' ');
    }
  },
  MATHS("Mathematical signs") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append((char) (0x2200 + random.nextInt(128)))
          .append(random.nextInt(10))
          .append(' ');
    }
  },
  STYLED_LETTERS("Letters of the mathematical blocks") {
    @Override
    void add(StringBuilder text, Random random) {
      for (char c : WORDS[random.nextInt(WORDS.length)].toCharArray()) {
        text.appendCodePoint(0x1D41A + c - 'a');
      }
      text.append(' ');
    }
  },
  BOX("Box drawing") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append("\u251c\u2500\u2500 ")
          .append(WORDS[random.nextInt(WORDS.length)])
          .append(".md\n");
      text.append("\u2502   \u2514\u2500\u2500 ").append(WORDS[random.nextInt(WORDS.length)]);
      text.append("/\n");
    }
  },
  RARE_HAN("Rare Chinese characters") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append((char) (0x4e00 + random.nextInt(0x5000)));
    }
  },
  WHITESPACE("White space") {
    @Override
    void add(StringBuilder text, Random random) {
      text.append(" ".repeat(1 + random.nextInt(12))).append('x');
      text.append("\n".repeat(1 + random.nextInt(3)));
    }
  },
  MIXED("All of these, mixed") {
    @Override
    void add(StringBuilder text, Random random) {
      List<DataSample> all = List.of(values());
      all.get(random.nextInt(all.size() - 1)).add(text, random); // all but this one
    }
  };

  private static final String[] WORDS = {
    "budget", "order", "invoice", "customer", "temperature", "shipment", "weather", "account",
    "reservation", "colour", "engineering", "agent", "notice", "quarter", "people", "library",
    "responsible", "garden", "river", "authentication", "schedule", "paper", "question", "harbour"
  };

  private static final int LENGTH = 4000;

  private final String title;

  DataSample(String title) {
    this.title = title;
  }

  abstract void add(StringBuilder text, Random random);

  String title() {
    return title;
  }

  String text() {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      add(text, random);
    }
    return text.toString();
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
