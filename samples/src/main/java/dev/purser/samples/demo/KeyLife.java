package dev.purser.samples.demo;

import static dev.purser.api.Dimension.KEY;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Grant;
import dev.purser.api.MintedKey;
import dev.purser.api.Secret;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import dev.purser.spi.CredentialSource;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;

/**
 * The whole life of a virtual key, through the official OpenAI SDK against a mock provider: minted,
 * used, limited, topped up, frozen in mid-stream, rotated and revoked.
 */
final class KeyLife {

  private static final String DANA = "dana@acme.dev";
  private static final String REAL = "sk-real-credential-of-the-company";

  private final PrintStream out;
  private final MockProvider provider;
  private final Purser purser;

  private KeyLife(PrintStream out, MockProvider provider, Purser purser) {
    this.out = out;
    this.provider = provider;
    this.purser = purser;
  }

  static void run(PrintStream out) throws IOException {
    try (MockProvider provider = MockProvider.start();
        Purser purser = Purser.builder()
            .owner(DANA)
            .budget(Budget.daily("tripwire", Usd.of("0.50")).per(KEY))
            .sink(record -> {})
            .build()) {
      new KeyLife(out, provider, purser).live();
    }
  }

  private void live() {
    MintedKey first = purser
        .keys()
        .mint(VirtualKey.named("alice").owner(DANA).team("platform").models("gpt-4o*"), DANA);
    say("minted", first.key());
    say("a call", answerOf(first.secret(), "gpt-4o"));
    say("the provider saw the real credential only", provider.credentials().equals(real()));
    say("a model outside of its list", answerOf(first.secret(), "gpt-5"));

    say("a second call", answerOf(first.secret(), "gpt-4o"));
    say("a third, beyond the cap", answerOf(first.secret(), "gpt-4o"));
    purser
        .grants()
        .grant(Grant.ofPercent("tripwire", 200).to("key=alice").by(DANA).because("release night"));
    say("the same after a grant", answerOf(first.secret(), "gpt-4o"));

    freezeInMidStream(first.secret());
    say("a call of the frozen key", answerOf(first.secret(), "gpt-4o"));
    purser.unfreeze(FreezeTarget.key("alice"), DANA, "fixed");
    say("a call once unfrozen", answerOf(first.secret(), "gpt-4o"));

    MintedKey second = purser.keys().rotate("alice", Duration.ofHours(1), DANA, "quarterly");
    say("the old secret in the overlap", answerOf(first.secret(), "gpt-4o"));
    say("the new secret", answerOf(second.secret(), "gpt-4o"));
    purser.keys().revoke("alice", DANA, "left the company");
    say("a call of the revoked key", answerOf(second.secret(), "gpt-4o"));

    for (AccountBalance account : purser.balances().ofKey("alice")) {
      out.printf(
          "%s %s: $%s of $%s spent, $%s held%n",
          account.budget(),
          account.scope(),
          Usd.ofNanos(account.spent()),
          Usd.ofNanos(account.limit()),
          Usd.ofNanos(account.held()));
    }
    say(
        "the provider still saw the real credential only",
        provider.credentials().equals(real()));
  }

  private static Set<String> real() {
    return Set.of(REAL);
  }

  private void say(String what, Object came) {
    out.println(what + ": " + came);
  }

  /** An application's client: it has the virtual key and nothing else. */
  private OpenAIClient client(Secret secret) {
    URI url = URI.create(provider.baseUrl());
    // The provider's host is a mock's; a real one needs no more than new EnvironmentCredentials().
    CredentialSource credentials =
        upstream -> upstream.authority().equals(url.getAuthority()) ? Secret.of(REAL) : null;
    return OpenAIOkHttpClient.builder()
        .baseUrl(provider.baseUrl())
        .apiKey(secret.reveal())
        .addInterceptor(
            BudgetInterceptor.builder(purser).credentials(credentials).build())
        .build();
  }

  private String answerOf(Secret secret, String model) {
    OpenAIClient client = client(secret);
    try {
      ChatCompletionCreateParams request =
          Conversation.request().toBuilder().model(model).build();
      return Conversation.text(client.chat().completions().create(request)).length()
          + " characters";
    } catch (OpenAIServiceException e) {
      return e.statusCode() + " " + e.getClass().getSimpleName();
    } finally {
      client.close();
    }
  }

  private void freezeInMidStream(Secret secret) {
    OpenAIClient client = client(secret);
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(Conversation.request())) {
      Iterator<ChatCompletionChunk> answer = chunks.stream().iterator();
      answer.next();
      purser.freeze(FreezeTarget.key("alice"), DANA, "a loop since Friday");
      int further = 0;
      while (answer.hasNext()) {
        answer.next();
        further++;
      }
      say("the stream went on for", further);
    } catch (OpenAIException e) {
      say("a stream that was frozen", e.getClass().getSimpleName());
    } finally {
      client.close();
    }
  }
}
