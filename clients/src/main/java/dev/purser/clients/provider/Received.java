package dev.purser.clients.provider;

import java.util.Set;

/**
 * A request as it reached the provider.
 *
 * @param model the model it asks
 * @param cap how many tokens the answer may have
 * @param stream whether it is to come in pieces
 * @param headers the names of its headers, in small letters
 */
public record Received(String model, int cap, boolean stream, Set<String> headers) {}
