package dev.purser.spi;

/**
 * Takes out of a prompt or an answer what nobody may read in a record. Called only if content is
 * recorded, on the thread that makes the call. Must be safe for use by several threads, and should not
 * block.
 *
 * <p>If it throws, the content is left out of the record, and the call is not affected.
 */
@FunctionalInterface
public interface Redactor {

  /**
   * Returns a text without what it takes out.
   *
   * @param text the beginning of a prompt or an answer, up to the size that is recorded and 1,024
   *     characters more; what the last 512 characters of the result hold is not recorded if more followed
   */
  String redact(CharSequence text);
}
