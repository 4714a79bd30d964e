package dev.purser.clients.sdk;

import dev.purser.clients.ClientContract;
import dev.purser.clients.Kind;
import dev.purser.clients.Prompt;
import dev.purser.clients.provider.Api;
import dev.purser.clients.provider.Provider;
import dev.purser.core.Purser;
import dev.purser.jdkhttp.BudgetedHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** What both ways to use the JDK's client have in common. */
abstract class JdkContract extends ClientContract {

  static Kind kind(String mode) {
    return new Kind(
        "java.net.http.HttpClient", mode, "`BudgetedHttpClient.wrap(http, purser)`", Api.OPENAI);
  }

  static HttpClient http(Purser purser) {
    return BudgetedHttpClient.wrap(HttpClient.newHttpClient(), purser);
  }

  static HttpRequest request(Provider at, Prompt prompt, boolean stream) {
    return HttpRequest.newBuilder(URI.create(at.url("/v1/chat/completions")))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer sk-loopback")
        .POST(BodyPublishers.ofString(RawChat.body(prompt, stream)))
        .build();
  }
}
