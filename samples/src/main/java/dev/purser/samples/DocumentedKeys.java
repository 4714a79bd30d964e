package dev.purser.samples;

import dev.purser.api.FreezeTarget;
import dev.purser.api.MintedKey;
import dev.purser.api.Secret;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import dev.purser.spi.CredentialSource;
import dev.purser.wire.credential.EnvironmentCredentials;
import dev.purser.wire.credential.FileCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The lines that {@code docs/keys.md} shows, compiled so that they stay true. */
final class DocumentedKeys {

  private DocumentedKeys() {}

  /** Where an application keeps its secrets. */
  interface Vault {

    /** Returns a secret, or null. */
    @Nullable Secret lookUp(@Nullable String provider, String key);
  }

  static void mint(Purser purser, Consumer<String> user) {
    MintedKey minted = purser
        .keys()
        .mint(
            VirtualKey.named("alice")
                .owner("dana@acme.dev")
                .team("platform")
                .models("claude-haiku-*", "gpt-4o*"),
            "dana@acme.dev");
    user.accept(minted.secret().reveal()); // shown once, kept nowhere
  }

  static OkHttpClient client(Purser purser, CredentialSource credentials) {
    OkHttpClient http = new OkHttpClient.Builder()
        .addInterceptor(
            BudgetInterceptor.builder(purser).credentials(credentials).build())
        .build();
    return http;
  }

  static CredentialSource sources(Vault secrets) {
    CredentialSource environment =
        new EnvironmentCredentials(); // OPENAI_API_KEY, ANTHROPIC_API_KEY, …
    CredentialSource file = new FileCredentials(Path.of("/run/secrets/llm"));
    CredentialSource vault = upstream -> secrets.lookUp(upstream.provider(), upstream.key());
    CredentialSource credentials = vault.orElse(file).orElse(environment);
    return credentials;
  }

  static CredentialSource bound() {
    CredentialSource bound = EnvironmentCredentials.builder()
        .provider("openai", "REAL_OPENAI_KEY")
        .host("litellm.acme.dev:4000", "LITELLM_API_KEY")
        .build();
    return bound;
  }

  static MintedKey rotate(Purser purser) {
    MintedKey next =
        purser.keys().rotate("alice", Duration.ofHours(24), "dana@acme.dev", "quarterly");
    return next;
  }

  static void revoke(Purser purser) {
    purser.keys().revoke("alice", "dana@acme.dev", "left the company");
  }

  static void freeze(Purser purser) {
    purser.freeze(FreezeTarget.key("alice"), "dana@acme.dev", "loop since Friday");
    purser.freeze(
        FreezeTarget.session("fix-1234"), "dana@acme.dev", "cut this run and its sub-agents");
    purser.freeze(FreezeTarget.team("platform"), "dana@acme.dev", "until Monday");
    purser.freeze(FreezeTarget.everything(), "dana@acme.dev", "the quarter is over");
    purser.unfreeze(FreezeTarget.key("alice"), "dana@acme.dev", "fixed");
  }
}
