package dev.purser.core.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Attribution;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.spi.Amounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSinkTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir
  Path folder;

  private static SpendRecord settled() {
    return settled(Attribution.key("alice").team("plat\"form").tag("repo", "purser"));
  }

  private static SpendRecord settled(Attribution who) {
    return SpendRecord.builder(
            "c-1", SpendRecord.Outcome.SETTLED, ModelId.of("openai", "gpt-4o"), NOON)
        .endedAt(NOON.plusSeconds(2))
        .api("openai.chat.completions")
        .attribution(who)
        .answered(ModelId.of("openai", "gpt-4o-2024-08-06"), "default", "chatcmpl-1")
        .usage(Usage.ofTokens(8000, 16000))
        .charged(180_000_000, 180_017_500)
        .prices("2026-11-23", true)
        .build();
  }

  private static SpendRecord refused(SpendRecord.Outcome outcome) {
    return SpendRecord.builder("c-2", outcome, ModelId.of("openai", "gpt-4o"), NOON)
        .attribution(Attribution.NONE.session("sub").parent("run"))
        .usage(Usage.ofTokens(1, 2))
        .prices("2026-11-23", true)
        .refusal(new Refusal(
            Refusal.Reason.EXHAUSTED, "tripwire", "", "dana", Measure.USD, 10, 10, 0, 5, null))
        .build();
  }

  @Test
  void oneObjectALineWithExactMoney() throws Exception {
    Path file = folder.resolve("log/records.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(settled());
      sink.accept(refused(SpendRecord.Outcome.REFUSED));
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("cost_usd").textValue()).isEqualTo("0.1800175");
    assertThat(first.get("reserved_nano_usd").longValue()).isEqualTo(180_000_000);
    assertThat(first.get("spent_nano_usd").longValue()).isEqualTo(180_017_500);
    assertThat(first.get("usage").get("output").longValue()).isEqualTo(16_000);
    assertThat(first.get("team").textValue()).isEqualTo("plat\"form");
    assertThat(first.get("tags").get("repo").textValue()).isEqualTo("purser");
    assertThat(first.get("gen_ai.response.model").textValue()).isEqualTo("gpt-4o-2024-08-06");
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.get("refusal").get("budget").textValue()).isEqualTo("tripwire");
    assertThat(second.get("refusal").get("enforced").booleanValue()).isTrue();
    assertThat(second.has("gen_ai.response.id")).isFalse();
  }

  @Test
  void aSessionStandsBesideTheOneThatItIsAPartOf() throws Exception {
    JsonNode who = written(refused(SpendRecord.Outcome.REFUSED));

    assertThat(who.get("session").textValue()).isEqualTo("sub");
    assertThat(who.get("parents")).extracting(JsonNode::textValue).containsExactly("run");
    assertThat(written(settled()).has("parents")).isFalse();
  }

  @Test
  void sessionsFartherUpStandBesideTheParent() throws Exception {
    Attribution leaf =
        Attribution.NONE.session("leaf").ancestors(List.of("middle", "near", "root"));
    Path file = folder.resolve("records.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(settled(leaf));
    }

    JsonNode who = new ObjectMapper().readTree(Files.readString(file));
    assertThat(who.get("parents"))
        .extracting(JsonNode::textValue)
        .containsExactly("middle", "near", "root");
  }

  @Test
  void whatIsWrittenIsReadBackExactly() throws Exception {
    Attribution who = Attribution.key("alice")
        .user("a\"b")
        .team("t")
        .session("leaf")
        .ancestors(List.of("middle", "root"))
        .taskClass("routine")
        .tag("repo", "purser")
        .tag("pr", "7");
    Path file = folder.resolve("records.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(settled(who));
    }

    assertThat(JsonLinesReader.read(file, (at, line, why) -> {
              throw new AssertionError(why);
            })
            .charges())
        .containsExactly(new JsonLinesReader.Charge(
            NOON, who, ModelId.of("openai", "gpt-4o"), new Amounts(180_017_500, 8000, 16000, 1)));
  }

  @Test
  void aRefusalThatWasOnlyObservedSaysThatNothingWasRefused() throws Exception {
    JsonNode record = written(refused(SpendRecord.Outcome.OBSERVED));

    assertThat(record.get("event").textValue()).isEqualTo("observed");
    assertThat(record.get("refusal").get("enforced").booleanValue()).isFalse();
    assertThat(record.get("refusal").get("budget").textValue()).isEqualTo("tripwire");
  }

  private JsonNode written(SpendRecord record) throws Exception {
    Path file = folder.resolve(record.outcome() + ".jsonl");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(record);
    }
    return new ObjectMapper().readTree(Files.readString(file));
  }

  @Test
  void anExistingFileIsAppendedTo() throws Exception {
    Path file = folder.resolve("records.jsonl");
    for (int i = 0; i < 2; i++) {
      try (JsonLinesSink sink = JsonLinesSink.open(file)) {
        sink.accept(settled());
      }
    }

    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void whatWasTakenIsReadableAfterAFlush() throws Exception {
    Path file = folder.resolve("records.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(settled());
      sink.flush();
      assertThat(Files.readAllLines(file)).hasSize(1);
    }
  }

  @Test
  void halfALineOfAProcessThatDiedIsNotGluedToTheNext() throws Exception {
    Path file = folder.resolve("records.jsonl");
    Files.writeString(file, "{\"id\":\"c-0\",\"outc");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(settled());
    }

    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"id\":\"c-1\"");
  }

  @Test
  void halfACharacterDoesNotMakeTheFileUnreadable() throws Exception {
    Path file = folder.resolve("records.jsonl");
    try (JsonLinesSink sink = JsonLinesSink.open(file)) {
      sink.accept(settled(Attribution.key("a\ud83d").tag("repo", "\ude00b\ud83d\ude00")));
    }

    assertThat(Files.readString(file))
        .doesNotContain("\\ud8")
        .contains("\"a\\ufffd\"", "\"\\ufffdb\ud83d\ude00\"");
  }
}
