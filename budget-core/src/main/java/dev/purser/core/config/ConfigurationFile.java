package dev.purser.core.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in a YAML file of UTF-8 text, up to 1 MiB. Read it once with {@link #read()}, then
 * poll it with {@link #readIfChanged()}. Not safe for use by several threads at once.
 */
public final class ConfigurationFile {

  private final Path path;
  private final PriceCheck priceCheck;

  /** What was last read, good or bad. */
  private @Nullable Content read;

  /** What was last looked at. */
  private @Nullable Content seen;

  private ConfigurationFile(Path path, PriceCheck priceCheck) {
    this.path = path;
    this.priceCheck = priceCheck;
  }

  /** Returns the file at a path, which need not exist yet; nothing is read. */
  public static ConfigurationFile at(Path path) {
    return at(path, PriceCheck.NONE);
  }

  /**
   * Returns the file at a path, which need not exist yet; nothing is read.
   *
   * @param priceCheck looks at the prices whenever the file is read, and what it finds is told with
   *     everything else that is wrong
   */
  public static ConfigurationFile at(Path path, PriceCheck priceCheck) {
    return new ConfigurationFile(path, priceCheck);
  }

  /**
   * Reads the file now.
   *
   * @return the checked configuration, every budget with its owner and zone
   * @throws ConfigurationException if the file cannot be read or is wrong; it holds every problem,
   *     each with its line
   */
  public Configuration read() {
    seen = Content.of(path);
    return parse(seen);
  }

  /**
   * Reads the file if its bytes are not those that were last read. A change is taken up once two calls
   * in a row have seen the same bytes, so that a file that is just being written, and whose first half
   * may well be a configuration with fewer budgets, is not mistaken for a new one.
   *
   * @return the checked configuration; empty if nothing changed or a change has yet to settle
   * @throws ConfigurationException if the file is gone or wrong; once, until it changes again. A
   *     content that was good before is then returned again.
   */
  public Optional<Configuration> readIfChanged() {
    Content now = Content.of(path);
    boolean settled = now.equals(seen);
    seen = now;
    return settled && !now.equals(read) ? Optional.of(parse(now)) : Optional.empty();
  }

  private Configuration parse(Content content) {
    read = content;
    String file = path.toString();
    return ConfigurationReader.read(file, content.text(file), priceCheck);
  }
}
