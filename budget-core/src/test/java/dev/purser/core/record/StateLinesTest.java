package dev.purser.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.ControlRecord;
import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.VirtualKey;
import dev.purser.api.VirtualKey.Lock;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is in force, or was told, reads back as it was written. */
class StateLinesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final JsonLine line = new JsonLine();

  @Provide
  Arbitrary<ControlRecord> controls() {
    return Combinators.combine(
            Arbitraries.of(ControlRecord.Kind.class),
            Any.texts().list().ofSize(3),
            Any.instants(),
            Arbitraries.maps(Any.texts(), Any.texts()).ofMaxSize(4))
        .as((kind, text, at, facts) -> new ControlRecord(
            kind, text.get(0), text.get(1), text.get(2), at, new TreeMap<>(facts)));
  }

  @Property
  void whatSomebodyDidReadsBack(@ForAll("controls") ControlRecord record) throws Exception {
    JsonNode read = JsonLineTest.parsed(ControlLine.of(line, record, null).end());

    assertThat(ControlLine.read(read)).isEqualTo(record);
    assertThat(KeyLine.read(read)).isNull();
  }

  @Provide
  Arbitrary<VirtualKey> keys() {
    Arbitrary<List<String>> names = Any.names().list().ofMaxSize(3);
    Arbitrary<Instant> instants = Any.instants().injectNull(0.5);
    return Combinators.combine(
            Any.names(),
            Any.names().injectNull(0.5),
            Any.attributions(),
            names,
            names,
            instants,
            instants)
        .as((name, owner, defaults, models, classes, expires, revoked) -> {
          VirtualKey key = VirtualKey.named(name)
              .defaults(defaults)
              .models(models.toArray(String[]::new))
              .taskClasses(classes.toArray(String[]::new))
              .expires(expires);
          key = owner == null ? key : key.owner(owner);
          return revoked == null ? key : key.revoked(revoked);
        });
  }

  @Property
  void aKeyReadsBack(@ForAll("keys") VirtualKey key, @ForAll("controls") ControlRecord record)
      throws Exception {
    JsonNode read = JsonLineTest.parsed(ControlLine.of(line, record, key).end());

    assertSame(KeyLine.read(read), key);
    assertThat(ControlLine.read(read)).isEqualTo(record);
  }

  @Test
  void theLocksOfAKeyReadBack() throws Exception {
    SecureRandom random = new SecureRandom();
    KeyHash old = KeyHash.of(KeySecret.next(random), random);
    KeyHash young = KeyHash.of(KeySecret.next(random), random);
    VirtualKey key =
        VirtualKey.named("alice").locks(List.of(new Lock(old, NOW), new Lock(young, null)));
    ControlRecord record =
        ControlRecord.of(ControlRecord.Kind.KEY_ROTATED, "key alice", "dana", "lost", NOW);

    JsonNode read = JsonLineTest.parsed(ControlLine.of(line, record, key).end());

    assertSame(KeyLine.read(read), key);
  }

  private static void assertSame(VirtualKey read, VirtualKey written) {
    assertThat(read).usingRecursiveComparison().ignoringFields("allowed").isEqualTo(written);
  }

  @Provide
  Arbitrary<Alert> alerts() {
    return Combinators.combine(
            Arbitraries.of(Alert.Kind.class), Any.texts(), Any.texts(), Any.instants())
        .as(Alert::new);
  }

  @Property
  void anAlertReadsBack(
      @ForAll("alerts") Alert alert,
      @ForAll("texts") String text,
      @ForAll boolean delivered,
      @ForAll boolean over)
      throws Exception {
    Alert whole = alert
        .severity(delivered ? Alert.Severity.PAGE : Alert.Severity.NOTICE)
        .owner(text)
        .once(text + " once", over ? alert.at() : null)
        .facts(Map.of(text, text))
        .from(List.of(text), over ? List.of() : List.of("b", text))
        .next(text);
    AlertLine written = new AlertLine(whole, delivered, over);

    JsonNode read = JsonLineTest.parsed(written.write(line, NOW).end());

    assertThat(AlertLine.read(read)).isEqualTo(written);
    assertThat(Fields.instant(read, Field.TIME)).isEqualTo(NOW);
  }

  @Provide
  Arbitrary<String> texts() {
    return Any.texts();
  }

  @Test
  void anAttributionThatSaysNothingWritesNothing() throws Exception {
    line.begin();
    RecordLine.attribution(line, Attribution.NONE);

    assertThat(Fields.attribution(JsonLineTest.parsed(line.end()))).isEqualTo(Attribution.NONE);
    assertThat(line.begin().end()).containsExactly('{', '}');
  }
}
