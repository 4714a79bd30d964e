package dev.purser.core.content;

import dev.purser.spi.Redactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out what gives access: keys of providers and platforms by what they begin with, virtual keys,
 * credentials of AWS, bearer tokens, JSON web tokens, private keys, and what stands behind names such as
 * {@code api_key}. A shape matches from its beginning on, so that a key without its end is known, too.
 */
public final class KeyRedactor implements Redactor {

  private static final String HIDDEN = "[redacted key]";

  /** What stands before the first quote of a value and behind its name, in JSON, code and settings. */
  private static final String IS = "[\"'\\\\]{0,3}+\\s{0,3}+(?:=>|:=|[:=])\\s{0,3}+[\"'\\\\]{0,3}+";

  /** Not within a word; in JSON, a letter may belong to the escape of a new line. */
  private static final String START = "(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt]))";

  private static final List<Pattern> SHAPES = List.of(
      // Blocks; one that does not end goes on to the end of the text.
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]*?"
          + "(?:-----END [A-Z0-9 ]{0,60}-----|\\z)"),
      Pattern.compile("PuTTY-User-Key-File-[\\s\\S]*?(?:Private-MAC: ?[0-9a-f]*+|\\z)"),
      // Purser's own; what it has in its middle may be seen by everybody, but need not.
      Pattern.compile("purser_[A-Za-z0-9_]{6,}+"),
      // OpenAI, Anthropic, OpenRouter, DeepSeek, LiteLLM and others: with a digit, or a known
      // middle.
      Pattern.compile("(?:sk|pk|rk)-(?:ant|proj|or|svcacct|admin|None|lf|helicone|live|test)-"
          + "[A-Za-z0-9_-]{6,}+"),
      Pattern.compile("sk-(?=[A-Za-z]{0,100}+[0-9])[A-Za-z0-9]{20,}+"),
      Pattern.compile(START + "sk-(?=[A-Za-z_-]{0,100}+[0-9])[A-Za-z0-9_-]{16,}+"),
      Pattern.compile("csk-[A-Za-z0-9]{16,}+"), // Cerebras
      Pattern.compile("[sr]k_(?:live|test)_[A-Za-z0-9]{8,}+"),
      // Google: keys, OAuth tokens and secrets of clients.
      Pattern.compile(
          "AIza[A-Za-z0-9_-]{16,}+|AQ\\.A[A-Za-z0-9_-]{16,}+|ya29\\.[A-Za-z0-9._-]{16,}+"
              + "|GOCSPX-[A-Za-z0-9_-]{8,}+"),
      // Groq, xAI, Perplexity, Hugging Face, Replicate, NVIDIA, Fireworks, Databricks, Tavily,
      // Together,
      // Jina, Voyage, Langfuse and Portkey.
      Pattern.compile("gsk_[A-Za-z0-9]{16,}+|xai-[A-Za-z0-9_-]{16,}+|pplx-[A-Za-z0-9]{16,}+"
          + "|(?:hf|api_org)_[A-Za-z0-9]{16,}+|r8_[A-Za-z0-9]{16,}+|nvapi-[A-Za-z0-9_-]{16,}+"
          + "|fw_[A-Za-z0-9]{16,}+|dapi[0-9a-f]{16,}+|tvly-[A-Za-z0-9_-]{16,}+"
          + "|tgp_v1_[A-Za-z0-9_-]{8,}+|jina_[A-Za-z0-9_-]{16,}+|pa-[A-Za-z0-9_-]{36,}+"),
      // AWS: ids of keys, keys of Bedrock, session tokens, and secret keys, which begin like
      // nothing.
      Pattern.compile("(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{8,}+"),
      Pattern.compile("ABSK[A-Za-z0-9+/]{16,}+={0,2}+|bedrock-api-key-[A-Za-z0-9+/=_-]{8,}+"),
      Pattern.compile("(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/]{40,}+={0,2}+"),
      Pattern.compile(START + "(?<![+/_-])(?=[A-Za-z0-9+/]{0,39}?[a-z])"
          + "(?=[A-Za-z0-9+/]{0,39}?[A-Z])(?=[A-Za-z0-9+/]{0,39}?[0-9])[A-Za-z0-9+/]{40}"
          + "(?![A-Za-z0-9+/=_-])"),
      // GitHub, GitLab, Slack and npm: where agents work, these are never far.
      Pattern.compile("gh[pousr]_[A-Za-z0-9]{16,}+|github_pat_[A-Za-z0-9_]{16,}+"
          + "|glpat-[A-Za-z0-9_.-]{16,}+|xox[abeoprs]-[A-Za-z0-9-]{8,}+|npm_[A-Za-z0-9]{16,}+"),
      Pattern.compile("eyJ[A-Za-z0-9_-]{12,}+(?:\\.[A-Za-z0-9_-]*+){0,4}+"));

  /** The word itself tells nothing and stays. */
  private static final List<Pattern> NAMED = List.of(
      Pattern.compile("(?i)((?:bearer|basic)(?:\\s|%20|\\+|\\\\[nt]){1,3})(?!\\[redacted)"
          + "(?=[A-Za-z._~+/-]{0,200}+[0-9=])([A-Za-z0-9._~+/=-]{12,}+)"),
      Pattern.compile(
          "(?i)((?:api[ _-]?key|secret[ _-]?(?:access[ _-]?)?key|access[ _-]?(?:key|token)"
              + "|auth[ _-]?token|session[ _-]?token|client[ _-]?secret|x-api-key|passw(?:or)?d)"
              + IS + ")(?!\\[redacted)([^\\s\"'\\\\,;}\\])&]{8,}+)"));

  /**
   * All shapes look at the text as it came: what one of them took out would be in the way of another that
   * sees more, such as a token that has something in its middle which looks like the beginning of a key.
   */
  @Override
  public String redact(CharSequence text) {
    List<Span> spans = new ArrayList<>();
    SHAPES.forEach(shape -> find(shape, 0, text, spans));
    NAMED.forEach(named -> find(named, 2, text, spans));
    if (spans.isEmpty()) {
      return text.toString();
    }
    spans.sort(Comparator.comparingInt(Span::start));
    return without(spans, text);
  }

  /** Where a shape was found: from {@code start} to before {@code end}. */
  private record Span(int start, int end) {}

  private static void find(Pattern shape, int group, CharSequence text, List<Span> spans) {
    Matcher matcher = shape.matcher(text);
    while (matcher.find()) {
      spans.add(new Span(matcher.start(group), matcher.end(group)));
    }
  }

  /** Those that overlap are one. */
  private static String without(List<Span> spans, CharSequence text) {
    StringBuilder redacted = new StringBuilder(text.length());
    int done = 0;
    for (Span span : spans) {
      if (span.start() >= done) {
        redacted.append(text, done, span.start()).append(HIDDEN);
      }
      done = Math.max(done, span.end());
    }
    return redacted.append(text, done, text.length()).toString();
  }
}
