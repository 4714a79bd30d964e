package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Alert;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.core.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricesWhileCallsRunTest {

  private static final String BUDGETS = """
      owner: dana
      budgets: [{name: day, limit: $100, window: day}]
      """;

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("purser.yaml");
  }

  @Test
  void thePriceTableChangesWhileACallIsOpenAndItIsSettledAtTheQuoteOfItsAdmission()
      throws IOException {
    says(own("20"));
    try (Guard guard = reading()) {
      Reservation open = guard.hold(Guard.call(1_000));
      says(own("40"));
      guard.purser.reload();
      open.settle(Usage.ofTokens(0, 1_000));

      assertThat(spent(guard)).isEqualTo(20_000_000);

      guard.hold(Guard.call(1_000)).settle(Usage.ofTokens(0, 1_000));

      assertThat(spent(guard)).isEqualTo(20_000_000 + 40_000_000);
    }
  }

  @Test
  void aLoadedFileThatChangedAloneIsReadAgainWithTheConfiguration() throws IOException {
    says("prices-file: litellm.json\n");
    loads("1e-05");
    try (Guard guard = reading()) {
      guard.hold(Guard.call(1_000)).settle(Usage.ofTokens(0, 1_000));
      loads("3e-05");
      guard.purser.reload();
      guard.hold(Guard.call(1_000)).settle(Usage.ofTokens(0, 1_000));

      assertThat(spent(guard)).isEqualTo(10_000_000 + 30_000_000);
    }
  }

  @Test
  void absurdPricesAreNotTakenOverAndThoseBeforeStayInForce() throws IOException {
    says("prices-file: litellm.json\n");
    loads("1e-05");
    try (Guard guard = reading()) {
      loads("10");

      assertThatThrownBy(guard.purser::reload)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("purser.yaml:3: prices-file: ")
          .hasMessageContaining("gpt-4o: output_cost_per_token is absurd: $10 a token");

      guard.hold(Guard.call(1_000)).settle(Usage.ofTokens(0, 1_000));
      assertThat(spent(guard)).isEqualTo(10_000_000);
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    says("prices-file: nowhere.json\n");

    assertThatThrownBy(this::reading)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("purser.yaml:3: prices-file: cannot be read: nowhere.json");
  }

  @Test
  void whatIsWrongWithAFileOfPricesIsToldWithEverythingElse() throws IOException {
    says("fit: yes\nprices-file: litellm.json\nlease: soon\n");
    loads("10");

    assertThatThrownBy(this::reading)
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.problems())
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly("3 fit", "4 prices-file", "5 lease"));
  }

  @Test
  void anEntryWithoutAPriceThatItCouldTakeOverIsAProblemOfTheFileToo() throws IOException {
    says("prices: [{provider: openai, model: gpt-99, aliases: [our-gpt]}]\n");

    assertThatThrownBy(this::reading)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "purser.yaml:3: prices: own: gpt-99 (own price) has no price of input");
  }

  @Test
  void aFileThatIsGoneAtAReloadLeavesThePricesBefore() throws IOException {
    says("prices-file: litellm.json\n");
    loads("1e-05");
    try (Guard guard = reading()) {
      Files.delete(folder.resolve("litellm.json"));
      says("fit: yes\nprices-file: litellm.json\n");

      assertThatThrownBy(guard.purser::reload)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("purser.yaml:3: fit: ")
          .hasMessageContaining("purser.yaml:4: prices-file: cannot be read: litellm.json");

      guard.hold(Guard.call(1_000)).settle(Usage.ofTokens(0, 1_000));
      assertThat(spent(guard)).isEqualTo(10_000_000);
    }
  }

  @Test
  void aPriceBookOfYourOwnLeavesNoPlaceForPricesOfAFile() throws IOException {
    says(own("20"));

    assertThatThrownBy(() -> new Guard(builder ->
            builder.configuration(file).prices(dev.purser.core.price.BundledPriceBook.load())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave out prices and prices-file");
  }

  @Test
  void freshPricesAlertNobody() throws IOException {
    says(own("20"));
    try (Guard guard = reading()) {
      assertThat(guard.alerts).isEmpty();
    }
  }

  @Test
  void aTableOlderThanNinetyDaysIsTold() throws IOException {
    says("");

    assertThat(alertsAt("2027-02-21T23:00:00Z")).isEmpty();
    assertThat(alertsAt("2027-02-22T00:00:00Z")).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.OLD_PRICES);
      assertThat(alert.message()).contains("2026-11-23", "more than 90 days ago");
    });
  }

  @Test
  void whoLoadsATableAnswersForItsAge() throws IOException {
    says("prices-file: litellm.json\n");
    loads("1e-05");

    assertThat(alertsAt("2030-01-01T00:00:00Z")).isEmpty();
  }

  private java.util.List<Alert> alertsAt(String instant) {
    java.util.List<Alert> alerts = new java.util.concurrent.CopyOnWriteArrayList<>();
    Purser purser = Purser.builder()
        .configuration(file)
        .clock(InstantSource.fixed(Instant.parse(instant)))
        .alertSink(alerts::add)
        .build();
    purser.close(); // delivers what is queued
    return alerts;
  }

  private Guard reading() {
    return new Guard(builder -> builder.configuration(file));
  }

  private static long spent(Guard guard) {
    return guard.balance("day", "").settled();
  }

  private static String own(String usd) {
    return "prices: [{provider: openai, model: gpt-4o, input: 1, output: " + usd + "}]\n";
  }

  private void says(String prices) throws IOException {
    Files.writeString(file, BUDGETS + prices);
  }

  private void loads(String output) throws IOException {
    Files.writeString(folder.resolve("litellm.json"), """
        {"gpt-4o": {"litellm_provider": "openai", "mode": "chat",
                    "input_cost_per_token": 1e-06, "output_cost_per_token": %s}}
        """.formatted(output));
  }
}
