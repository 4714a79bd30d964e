package dev.purser.core;

import dev.purser.core.content.CardRedactor;
import dev.purser.core.content.EmailRedactor;
import dev.purser.core.content.KeyRedactor;
import dev.purser.spi.Redactor;

/**
 * Redactors that are ready to use, for {@link PurserBuilder#recordContent}. They know secrets by their
 * shape, and so a password in a sentence they do not know. All are safe for use by several threads.
 */
public final class Redactors {

  private Redactors() {}

  /**
   * Returns a redactor of what gives access: keys of providers by what they begin with, virtual keys,
   * keys and tokens of AWS, bearer tokens, JSON web tokens, private keys, and what stands behind names
   * such as {@code api_key}.
   */
  public static Redactor apiKeys() {
    return new KeyRedactor();
  }

  /** Returns a redactor of e-mail addresses. */
  public static Redactor emailAddresses() {
    return new EmailRedactor();
  }

  /** Returns a redactor of the numbers of payment cards, whose check digit is right. */
  public static Redactor cardNumbers() {
    return new CardRedactor();
  }

  /** Returns all of these, one after the other. */
  public static Redactor standard() {
    Redactor keys = apiKeys();
    Redactor addresses = emailAddresses();
    Redactor cards = cardNumbers();
    return text -> cards.redact(addresses.redact(keys.redact(text)));
  }
}
