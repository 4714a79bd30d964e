package dev.purser.http;

import java.util.Arrays;

/** APIs that several providers speak alike, so that a call may go from one host to another. */
enum WireFamily {
  /** The base URL has the version in it: {@code https://api.groq.com/openai/v1}. */
  OPENAI("openai.chat.completions", "", "/chat/completions", "Authorization", "Bearer "),

  /** The base URL need not have the version: {@code https://api.deepseek.com/anthropic}. */
  ANTHROPIC("anthropic.messages", "/v1", "/messages", "x-api-key", "");

  private final String api;
  private final String version;
  private final String path;
  private final String header;
  private final String before;

  WireFamily(String api, String version, String path, String header, String before) {
    this.api = api;
    this.version = version;
    this.path = path;
    this.header = header;
    this.before = before;
  }

  /** Returns what is spoken at a base URL: Anthropic's where provider or path are called so. */
  static WireFamily of(String provider, String path) {
    return provider.equals("anthropic") || Arrays.asList(path.split("/")).contains("anthropic")
        ? ANTHROPIC
        : OPENAI;
  }

  /** Returns the name of the dialect that it has in common. */
  String api() {
    return api;
  }

  /** Returns the path of the API behind that of a base URL, which may have the version or not. */
  String behind(String base) {
    return base + (base.endsWith(version) ? path : version + path);
  }

  /** Returns the header that holds a credential. */
  String header() {
    return header;
  }

  /** Returns what stands there before it. */
  String before() {
    return before;
  }
}
