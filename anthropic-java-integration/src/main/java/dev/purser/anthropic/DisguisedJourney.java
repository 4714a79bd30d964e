package dev.purser.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import dev.purser.http.SentSecrets;

/** A journey with the real credential in place of the virtual key, which its caller does not get to see. */
record DisguisedJourney(Journey journey, SentSecrets secrets) implements Journey {

  @Override
  public HttpRequest request() {
    return journey.request();
  }

  @Override
  public void handOver() {
    journey.handOver();
  }

  @Override
  public HttpResponse arrived(HttpResponse response) {
    HttpResponse arrived = journey.arrived(response);
    Headers headers = arrived.headers();
    boolean telling = headers.names().stream()
        .flatMap(name -> headers.values(name).stream())
        .anyMatch(secrets::betrayedBy);
    return telling ? new HiddenResponse(arrived, hidden(headers)) : arrived;
  }

  private Headers hidden(Headers headers) {
    Headers.Builder hidden = Headers.builder();
    for (String name : headers.names()) {
      for (String value : headers.values(name)) {
        hidden.put(name, secrets.betrayedBy(value) ? SentSecrets.HIDDEN : value);
      }
    }
    return hidden.build();
  }

  @Override
  public Throwable failed(Throwable failure) {
    Throwable told = journey.failed(failure);
    if (!secrets.betrayedBy(told)) {
      return told;
    }
    AnthropicIoException retold = new AnthropicIoException(secrets.retold(told));
    retold.setStackTrace(told.getStackTrace());
    return retold;
  }

  @Override
  public Throwable cut() {
    return journey.cut();
  }
}
