package dev.purser.wire.dialect;

/**
 * An answer that the page of providers shows.
 *
 * @param line where it stands
 * @param api the API that it is said to be of
 * @param exchange the answer, and what was asked
 * @param said what the page says that it is charged as
 */
record DocumentedAnswer(int line, String api, Exchange exchange, String said) {

  @Override
  public String toString() {
    return api + ", line " + line;
  }
}
