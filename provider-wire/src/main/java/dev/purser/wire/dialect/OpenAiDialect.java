package dev.purser.wire.dialect;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.wire.Dialect;
import dev.purser.wire.error.ErrorShape;
import java.util.List;

/**
 * An API of OpenAI's, or one in its style: posted to a path that ends as its own does, whatever the
 * host, and refused in its error shape.
 */
abstract class OpenAiDialect implements Dialect {

  private final String name;
  private final List<String> ends;

  /**
   * Creates a dialect.
   *
   * @param ends how its paths end
   */
  OpenAiDialect(String name, String... ends) {
    this.name = name;
    this.ends = List.of(ends);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && ends.stream().anyMatch(end -> PathEnd.is(path, end));
  }

  @Override
  public final String refusalBody(Refusal refusal) {
    return ErrorShape.OPENAI.body(refusal);
  }

  @Override
  public final String denialBody(Denial denial) {
    return ErrorShape.OPENAI.body(denial);
  }
}
