package dev.purser.samples.demo;

/** The provider's answer to a request that it does not serve, and does not bill. */
final class ProviderError extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  ProviderError(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
