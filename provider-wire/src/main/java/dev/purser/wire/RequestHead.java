package dev.purser.wire;

import java.util.ArrayList;
import java.util.List;

/** What of a request may hold a credential, as an adapter sees it before it leaves. */
public interface RequestHead {

  /** Whether it will be sent over TLS. */
  boolean secure();

  /** Returns the host in lower case, without port. */
  String host();

  /** Returns the port. */
  int port();

  /** Returns the path, decoded. */
  String path();

  /** Returns how many headers there are; a name that stands twice counts twice. */
  int headerCount();

  /** Returns the name of a header. */
  String headerName(int index);

  /** Returns the value of a header. */
  String headerValue(int index);

  /** Returns how many parameters the query has. */
  int parameterCount();

  /** Returns the name of a parameter, decoded. */
  String parameterName(int index);

  /** Returns the value of a parameter, decoded; empty if it has none. */
  String parameterValue(int index);

  /** Returns all values of a header, whatever the case of its name. */
  default List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < headerCount(); i++) {
      if (headerName(i).equalsIgnoreCase(name)) {
        values.add(headerValue(i));
      }
    }
    return values;
  }
}
