package dev.purser.wire;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The head of a request, written down. */
public final class Head implements RequestHead {

  private final URI url;
  private final List<String[]> headers = new ArrayList<>();
  private final List<String[]> parameters = new ArrayList<>();

  /** Goes to a URL. */
  public Head(String url) {
    this.url = URI.create(url);
    String query = this.url.getRawQuery();
    for (String each : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = each.split("=", 2);
      parameters.add(new String[] {decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1])});
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Adds a header. */
  public Head with(String name, String value) {
    headers.add(new String[] {name, value});
    return this;
  }

  @Override
  public boolean secure() {
    return url.getScheme().equals("https");
  }

  @Override
  public String host() {
    return url.getHost();
  }

  @Override
  public int port() {
    return url.getPort() >= 0 ? url.getPort() : secure() ? 443 : 80;
  }

  @Override
  public String path() {
    return url.getPath();
  }

  @Override
  public int headerCount() {
    return headers.size();
  }

  @Override
  public String headerName(int index) {
    return headers.get(index)[0];
  }

  @Override
  public String headerValue(int index) {
    return headers.get(index)[1];
  }

  @Override
  public int parameterCount() {
    return parameters.size();
  }

  @Override
  public String parameterName(int index) {
    return parameters.get(index)[0];
  }

  @Override
  public String parameterValue(int index) {
    return parameters.get(index)[1];
  }
}
