/** The steps of a budgeted call over HTTP, whoever the client is; for adapters, not for applications. */
module dev.purser.http {
  requires transitive dev.purser.api;
  requires transitive dev.purser.wire;
  requires static org.jspecify;

  exports dev.purser.http;
}
