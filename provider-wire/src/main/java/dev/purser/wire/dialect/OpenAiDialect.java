package dev.purser.wire.dialect;

import dev.purser.wire.error.ErrorShape;
import java.util.List;

/**
 * An API of OpenAI's, or one in its style: posted to a path that ends as its own does, whatever the
 * host, and refused in its error shape.
 */
abstract class OpenAiDialect extends NamedDialect {

  private final List<String> ends;

  /**
   * Creates a dialect.
   *
   * @param ends how its paths end
   */
  OpenAiDialect(String name, String... ends) {
    super(name, ErrorShape.OPENAI);
    this.ends = List.of(ends);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("POST") && ends.stream().anyMatch(end -> PathEnd.is(path, end));
  }
}
