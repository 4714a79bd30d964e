/** The vocabulary of Purser and its plug-in points. Depends on the JDK alone. */
module dev.purser.api {
  requires static transitive org.jspecify;

  exports dev.purser.api;
  exports dev.purser.spi;
}
