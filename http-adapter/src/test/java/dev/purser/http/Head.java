package dev.purser.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A POST to a loopback host with some headers and parameters. */
record Head(List<Map.Entry<String, String>> headers, List<Map.Entry<String, String>> parameters)
    implements CallHead {

  static final Head BARE = new Head(List.of(), List.of());

  Head with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Head(more, parameters);
  }

  Head asking(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(parameters);
    more.add(Map.entry(name, value));
    return new Head(headers, more);
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public boolean secure() {
    return false;
  }

  @Override
  public String host() {
    return "localhost";
  }

  @Override
  public int port() {
    return 80;
  }

  @Override
  public String path() {
    return "v1/a b";
  }

  @Override
  public String encodedPath() {
    return "/v1/a%20b";
  }

  @Override
  public String encodedQuery() {
    return null;
  }

  @Override
  public int headerCount() {
    return headers.size();
  }

  @Override
  public String headerName(int index) {
    return headers.get(index).getKey();
  }

  @Override
  public String headerValue(int index) {
    return headers.get(index).getValue();
  }

  @Override
  public int parameterCount() {
    return parameters.size();
  }

  @Override
  public String parameterName(int index) {
    return parameters.get(index).getKey();
  }

  @Override
  public String parameterValue(int index) {
    return parameters.get(index).getValue();
  }
}
