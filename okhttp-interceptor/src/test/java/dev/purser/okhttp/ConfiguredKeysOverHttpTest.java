package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Denial.Reason;
import dev.purser.api.KeyHash;
import dev.purser.api.KeySecret;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.spi.CredentialSource;
import dev.purser.wire.credential.EnvironmentCredentials;
import dev.purser.wire.credential.FileCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys whose hashes stand in {@code purser.yaml}, and credentials from where they are kept. */
class ConfiguredKeysOverHttpTest extends WithVirtualKey {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String OF_ALL = LeakWatch.REAL + "of-all";
  private static final String OF_CI = LeakWatch.REAL + "of-ci";

  private final Secret first = KeySecret.next(RANDOM);
  private final Secret second = KeySecret.next(RANDOM);
  private final KeyHash firstHash = KeyHash.of(first, RANDOM);
  private final KeyHash secondHash = KeyHash.of(second, RANDOM);

  @TempDir
  Path folder;

  /** {@inheritDoc} */
  @Override
  PurserBuilder options() {
    write("name: ci, hashes: " + firstHash);
    return Purser.builder()
        .configuration(folder.resolve("purser.yaml"))
        .clock(() -> now)
        .slf4j()
        .sink(records::add);
  }

  private void write(String key) {
    try {
      Files.writeString(folder.resolve("purser.yaml"), """
          owner: dana@acme.dev
          budgets:
            - {name: key, limit: $1, window: day, per: [key]}
          keys:
            - {%s}
          """.formatted(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reload(String key) {
    write(key);
    purser.reload();
  }

  private String authority() {
    return server.getHostName() + ":" + server.getPort();
  }

  private static Request with(Secret secret, Request request) {
    return request
        .newBuilder()
        .header("Authorization", "Bearer " + secret.reveal())
        .build();
  }

  private void assertSwapped(OkHttpClient client, Request request, String real) throws Exception {
    server.enqueue(json(ANSWER));

    Answer answer = call(client, request);

    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + real);
  }

  private void assertDenied(Secret secret, Reason reason) throws Exception {
    int reachedBefore = server.getRequestCount();
    asked.clear();

    Answer answer = call(http, with(secret, ask(ASK)));

    assertThat(answer.code()).isEqualTo(401);
    assertThat(answer.denial().reason()).isEqualTo(reason);
    assertThat(server.getRequestCount()).isEqualTo(reachedBefore);
    assertThat(asked).isEmpty();
  }

  private void assertEachGetsItsOwn(CredentialSource source) throws Exception {
    LeakWatch.show(source);
    OkHttpClient client = client(swapping().credentials(source).build());

    assertSwapped(client, with(first, ask(ASK)), OF_CI);
    assertSwapped(client, withKey(ask(ASK)), OF_ALL); // alice, who was minted

    purser.close();
    assertThat(records)
        .extracting(record -> record.attribution().key())
        .containsExactly("ci", "alice");
  }

  @Test
  void credentialsInVariablesBoundToTheHost() throws Exception {
    Map<String, String> variables = Map.of("LITELLM_KEY", OF_ALL, "CI_KEY", OF_CI);

    assertEachGetsItsOwn(EnvironmentCredentials.builder()
        .host(authority(), "LITELLM_KEY")
        .host(authority() + "@ci", "CI_KEY")
        .variables(variables::get)
        .build());
  }

  @Test
  void credentialsInAFileBoundToTheHost() throws Exception {
    Path file = folder.resolve("credentials");
    Files.writeString(
        file, authority() + "=" + OF_ALL + "\n" + authority() + "@ci=" + OF_CI + "\n");

    assertEachGetsItsOwn(new FileCredentials(file));
  }

  @Test
  void credentialsForOthersStayWhereTheyAre() throws Exception {
    Map<String, String> variables = Map.of("OPENAI_API_KEY", OF_ALL, "OTHER_PORT", OF_CI);
    http = client(swapping()
        .credentials(EnvironmentCredentials.builder()
            .host(server.getHostName() + ":" + (server.getPort() == 1 ? 2 : 1), "OTHER_PORT")
            .variables(variables::get)
            .build())
        .build());

    assertDenied(first, Reason.NO_CREDENTIAL);
  }

  @Test
  void aReloadAddsASecretEndsAnotherAndRevokes() throws Exception {
    assertSwapped(http, with(first, ask(ASK)), REAL);
    assertDenied(second, Reason.UNKNOWN_KEY);

    String until = "{hash: \"%s\", until: 2026-11-23T11:00:00Z}".formatted(firstHash);
    String both = "name: ci, hashes: [" + until + ", \"" + secondHash + "\"]";
    reload(both);
    assertSwapped(http, with(first, ask(ASK)), REAL);
    assertSwapped(http, with(second, ask(ASK)), REAL);

    now = NOW.plusSeconds(3600);
    assertDenied(first, Reason.EXPIRED_KEY);
    assertSwapped(http, with(second, ask(ASK)), REAL);

    reload(both + ", revoked: 2026-11-23T11:00:00Z");
    assertDenied(second, Reason.REVOKED_KEY);

    purser.close();
    assertThat(records)
        .filteredOn(record -> record.outcome() == SpendRecord.Outcome.SETTLED)
        .hasSize(4)
        .allSatisfy(record -> assertThat(record.attribution().key()).isEqualTo("ci"));
    records.forEach(LeakWatch::show);
  }
}
