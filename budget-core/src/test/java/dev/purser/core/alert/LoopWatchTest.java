package dev.purser.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LoopWatchTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Attribution RUN = Attribution.key("alice").session("run");

  private final Told told = new Told();
  private final LoopWatch watch =
      new LoopWatch(AlertRules.DEFAULT, Told.OWNERS, told, ZoneOffset.UTC);

  private static Prompt prompt(String text) {
    return Prompt.builder().text("You are an agent.").text(text).userTurn().build();
  }

  @Test
  void theSamePromptTenTimesWithinTenMinutesIsALoop() {
    for (int i = 0; i < 9; i++) {
      watch.asked(RUN, prompt("Fix the build."), NOON.plusSeconds(i));
      watch.asked(RUN, prompt("Something else " + i), NOON.plusSeconds(i));
    }
    assertThat(told.alerts).isEmpty();
    watch.asked(RUN, prompt("Fix the build."), NOON.plusSeconds(10));
    assertThat(told.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.kind()).isEqualTo(Alert.Kind.LOOP);
      assertThat(alert.subject()).isEqualTo("session run");
      assertThat(alert.severity()).isEqualTo(Alert.Severity.PAGE);
    });
  }

  /** An agent that goes in circles over several steps. */
  @Test
  void promptsThatTakeTurnsAreALoop() {
    for (int i = 0; i < 54; i++) {
      watch.asked(RUN, prompt("Step " + i % 6), NOON.plusSeconds(i));
    }
    assertThat(told.alerts).isEmpty();
    for (int i = 54; i < 60; i++) {
      watch.asked(RUN, prompt("Step " + i % 6), NOON.plusSeconds(i));
    }
    assertThat(told.alerts).hasSize(1);
  }

  @Test
  void aLoopThatGoesOnIsToldOnceADay() {
    for (int minute = 0; minute < 3 * 24 * 60; minute++) {
      watch.asked(
          RUN, prompt("Fix the build."), NOON.plus(Duration.ofMinutes(minute).dividedBy(2)));
    }
    assertThat(told.alerts).hasSize(2);
  }

  @Test
  void theSamePromptNowAndThenIsNone() {
    for (int i = 0; i < 50; i++) {
      watch.asked(RUN, prompt("Any news?"), NOON.plus(Duration.ofMinutes(3L * i)));
    }
    assertThat(told.alerts).isEmpty();
  }

  @Test
  void otherSessionsAskingTheSameAreNone() {
    for (int i = 0; i < 50; i++) {
      watch.asked(RUN.session("run " + i), prompt("Fix the build."), NOON);
    }
    assertThat(told.alerts).isEmpty();
  }

  @Test
  void aCallWithoutASessionCountsForItsKey() {
    for (int i = 0; i < 10; i++) {
      watch.asked(Attribution.key("alice"), prompt("Fix the build."), NOON);
    }
    assertThat(told.alerts).singleElement().satisfies(alert -> {
      assertThat(alert.subject()).isEqualTo("key alice");
      assertThat(alert.severity()).as("several people may ask").isEqualTo(Alert.Severity.NOTICE);
    });
  }

  /** A job that fills a template, and tells the model of tools behind it. */
  @Test
  void requestsOfATemplateThatDifferInTheirMiddleAreNone() {
    String tools = "{\"type\":\"function\",\"name\":\"classify\"}".repeat(200);
    for (int i = 0; i < 100; i++) {
      String item = String.format(Locale.ROOT, "%04d", i).repeat(100);
      Prompt prompt = Prompt.builder()
          .text("Classify the following text. ".repeat(50))
          .text("The text: " + item + " Answer yes or no. ".repeat(50))
          .text(tools)
          .userTurn()
          .build();
      watch.asked(RUN, prompt, NOON.plusSeconds(i));
    }
    assertThat(told.alerts).isEmpty();
  }

  @Test
  void requestsThatGrowWithoutATurnOfTheUserAreALoop() {
    for (int i = 0; i < 60; i++) {
      watch.asked(RUN, prompt("Fix the build.".repeat(i + 1)), NOON.plusSeconds(i));
    }
    assertThat(told.alerts)
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).contains("50 requests, each longer"));
  }

  @Test
  void aConversationInWhichThePersonSpeaksIsNone() {
    Prompt.Builder conversation = Prompt.builder();
    for (int i = 0; i < 200; i++) {
      conversation.text("and " + i);
      if (i % 20 == 0) {
        conversation.userTurn();
      }
      watch.asked(RUN, conversation.build(), NOON.plusSeconds(i));
    }
    assertThat(told.alerts).isEmpty();
  }
}
