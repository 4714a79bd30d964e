package dev.purser.clients;

/**
 * What is asked.
 *
 * @param model of which model
 * @param text by which words
 * @param maxTokens how many tokens the answer may have
 */
public record Prompt(String model, String text, int maxTokens) {}
