package dev.purser.api;

/**
 * A key and a new secret of it. The secret is shown this once and kept nowhere.
 *
 * @param key the key, with the hash of the secret
 * @param secret what to hand to whoever is to use it
 */
public record MintedKey(VirtualKey key, Secret secret) {}
