package dev.purser.wire.dialect;

import java.util.List;

/**
 * A row of the page of providers.
 *
 * @param name the API
 * @param endpoints where it is asked, each as {@code POST host/path}
 * @param caps the fields that cap its output
 * @param fields what of its answers is charged
 */
record DocumentedApi(String name, List<String> endpoints, List<String> caps, List<String> fields) {

  static DocumentedApi of(List<String> cells) {
    return new DocumentedApi(
        ProvidersPage.codes(cells.get(0)).get(0),
        ProvidersPage.codes(cells.get(1)),
        ProvidersPage.codes(cells.get(2)),
        ProvidersPage.codes(cells.get(3)));
  }

  @Override
  public String toString() {
    return name;
  }
}
