package dev.purser.http;

import dev.purser.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a request that goes to another host than it was made for: the headers that every
 * provider of the API reads, and nothing that may be meant for one only, such as a credential, a cookie,
 * an organisation or a field for a gateway.
 */
public final class UpstreamHead implements CallHead {

  private static final Set<String> KEPT = Set.of(
      "accept",
      "accept-encoding",
      "accept-language",
      "anthropic-version",
      "anthropic-beta",
      "content-type",
      "traceparent",
      "tracestate",
      "user-agent");

  private final UpstreamHost upstream;
  private final List<Header> headers = new ArrayList<>();

  private record Header(String name, String value) {}

  UpstreamHead(CallHead head, UpstreamHost upstream) {
    this.upstream = upstream;
    for (int i = 0; i < head.headerCount(); i++) {
      if (KEPT.contains(head.headerName(i).toLowerCase(Locale.ROOT))) {
        headers.add(new Header(head.headerName(i), head.headerValue(i)));
      }
    }
  }

  /** Returns where the request goes. */
  public UpstreamHost upstream() {
    return upstream;
  }

  /** Returns the URL that it goes to. */
  public String url() {
    return upstream.url();
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public boolean secure() {
    return upstream.secure();
  }

  @Override
  public String host() {
    return upstream.host();
  }

  @Override
  public int port() {
    return upstream.port();
  }

  @Override
  public String path() {
    return upstream.path().substring(1);
  }

  @Override
  public String encodedPath() {
    return upstream.path();
  }

  @Override
  public @Nullable String encodedQuery() {
    return null;
  }

  @Override
  public int headerCount() {
    return headers.size();
  }

  @Override
  public String headerName(int index) {
    return headers.get(index).name();
  }

  @Override
  public String headerValue(int index) {
    return headers.get(index).value();
  }

  @Override
  public int parameterCount() {
    return 0;
  }

  @Override
  public String parameterName(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public String parameterValue(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  /** {@inheritDoc} It is read as of the provider that answers, whoever the host's name tells of. */
  @Override
  public WireRequest with(byte[] json) {
    return new WireRequest(method(), upstream.readAs(), encodedPath(), null, this::header, json);
  }
}
