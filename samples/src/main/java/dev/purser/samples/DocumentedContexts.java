package dev.purser.samples;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallContext;
import dev.purser.jdkhttp.BudgetedHttpClient;
import dev.purser.okhttp.AttributionHeaders;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/** The lines of {@code docs/context.md}, and those on the JDK's client. */
final class DocumentedContexts {

  private DocumentedContexts() {}

  interface Agent {
    String ask(String question);
  }

  static CompletableFuture<String> elsewhere(
      ExecutorService executor, Agent agent, String question) {
    ExecutorService pool = CallContext.capturing(executor);
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> agent.ask(question), pool);
    return answer;
  }

  static List<Thread> threads(ThreadFactory factory, Runnable task) {
    Thread thread = CallContext.threads(factory).newThread(task);
    return List.of(thread);
  }

  static ChatCompletionCreateParams.Builder headers() {
    ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder();
    AttributionHeaders.ofThisThread().forEach(params::putAdditionalHeader);
    return params;
  }

  static HttpClient jdk(BudgetGuard purser) {
    HttpClient http = BudgetedHttpClient.wrap(HttpClient.newHttpClient(), purser);
    return http;
  }
}
