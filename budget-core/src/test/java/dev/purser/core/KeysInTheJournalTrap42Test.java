package dev.purser.core;

import static dev.purser.core.Guard.call;
import static dev.purser.core.Restarts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Credential;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Secret;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 42: keys in the journal, and prompts recorded without being asked for. */
class KeysInTheJournalTrap42Test {

  private static final Credential ORDINARY = Credential.of("sk-proj-THIS-IS-SECRET");
  private static final String PROMPT = "the patient is called Jane Roe, mail jane@roe.example";
  private static final UnaryOperator<PurserBuilder> BUDGETS =
      with(Budget.daily("day", Usd.of("0.10")));

  @TempDir
  Path temp;

  @Test
  void noFileHoldsASecretOrAPrompt() throws IOException {
    Path folder = temp.resolve("spend");
    String shown;
    List<String> secrets;
    try (Restarts guards = new Restarts(folder, BUDGETS)) {
      Keys keys = guards.purser().keys();
      Secret first = keys.mint(VirtualKey.named("alice"), "dana").secret();
      Secret second =
          keys.rotate("alice", Duration.ofHours(1), "dana", "monthly").secret();
      keys.revoke("alice", "dana", "left");
      secrets = List.of(first.reveal(), second.reveal(), "THIS-IS-SECRET");
      tell(guards.hold(secret(1_000).credential(ORDINARY)));
      assertThat(guards.admit(secret(90_000).credential(ORDINARY)))
          .isInstanceOf(Admission.Refused.class);
      assertThat(guards.admit(secret(10).credential(Credential.of(second.reveal()))))
          .isInstanceOf(Admission.Denied.class);
      guards.restart(BUDGETS);
      tell(guards.hold(secret(1_000).credential(ORDINARY)));
      guards.purser().close();
      shown = everything(folder);
    }

    assertThat(shown)
        .contains("settled", "refused", "denied", "key_rotated", "checkpoint")
        .doesNotContain(secrets)
        .doesNotContain("Jane", "roe.example");
    assertThat(salt(folder)).hasSize(32);
    assertThat(shown).doesNotContain(salt(folder));
  }

  @Test
  void whoAsksForPromptsGetsThemRedacted() throws IOException {
    Path folder = temp.resolve("spend");
    try (Restarts guards =
        new Restarts(folder, builder -> BUDGETS.apply(builder).recordContent(200))) {
      tell(guards.hold(secret(1_000).credential(ORDINARY)));
      guards.purser().close();
    }

    assertThat(everything(folder))
        .contains("Jane Roe")
        .doesNotContain("jane@roe.example", "THIS-IS-SECRET");
  }

  @Test
  void theSaltIsForItsOwnerAlone() throws IOException {
    Path folder = temp.resolve("spend");
    new Restarts(folder, BUDGETS).close();
    Path salt = folder.resolve("salt");
    if (Files.getFileAttributeView(salt, PosixFileAttributeView.class) != null) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(salt)))
          .isEqualTo("rw-------");
    }
    assertThat(salt(folder)).hasSize(32);
  }

  private static CallIntent.Builder secret(long output) {
    return call(output).prompt(Prompt.ofText(PROMPT)).attribution(Attribution.NONE.team("t"));
  }

  /** Does as an adapter does. */
  private static void tell(Reservation call) {
    if (call.trace().wantedContent() > 0) {
      call.trace().prompt(PROMPT + " key sk-proj-THIS-IS-SECRET-THIS-IS-SECRET-THIS-IS-SECRET");
      call.trace().answer("I know Jane Roe, jane@roe.example");
    }
    call.trace().status(200);
    call.settle(Usage.ofTokens(0, 100));
  }

  private static String salt(Path folder) throws IOException {
    return Files.readString(folder.resolve("salt")).strip();
  }

  private static String everything(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("salt")) {
          all.append(file.getFileName()).append('\n').append(text(file));
        }
      }
    }
    return all.toString();
  }

  private static String text(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      in.transferTo(out);
      return out.toString(StandardCharsets.UTF_8);
    }
  }
}
