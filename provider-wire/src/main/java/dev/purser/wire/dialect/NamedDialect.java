package dev.purser.wire.dialect;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.error.ErrorShape;

/** An API with its name and the shape in which its provider refuses a call. */
abstract class NamedDialect implements Dialect {

  private final String name;
  private final ErrorShape errors;

  NamedDialect(String name, ErrorShape errors) {
    this.name = name;
    this.errors = errors;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String refusalBody(Refusal refusal) {
    return errors.body(refusal);
  }

  @Override
  public final String denialBody(Denial denial) {
    return errors.body(denial);
  }
}
