/** How providers speak on the wire, and nothing of budgets. */
module dev.purser.wire {
  requires transitive dev.purser.api;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;

  exports dev.purser.wire;
  exports dev.purser.wire.credential;
  exports dev.purser.wire.dialect;
}
