package dev.purser.api;

import java.util.ArrayList;
import java.util.List;

/**
 * What a call asks the model to read, as far as its size in tokens depends on it. Built by a
 * dialect from a request, or by hand; never recorded and never printed.
 */
public final class Prompt {

  /** Nothing to read. */
  public static final Prompt EMPTY = builder().build();

  private final List<String> texts;
  private final List<Media> media;
  private final long tokens;
  private final long opaqueBytes;
  private final int tools;
  private final Usage fees;
  private final boolean cachedForAnHour;
  private final int userTurns;

  private Prompt(Builder builder) {
    texts = List.copyOf(builder.texts);
    media = List.copyOf(builder.media);
    tokens = builder.tokens;
    opaqueBytes = builder.opaqueBytes;
    tools = builder.tools;
    fees = builder.fees.build();
    cachedForAnHour = builder.cachedForAnHour;
    userTurns = builder.userTurns;
  }

  /** Returns a prompt of one text. */
  public static Prompt ofText(String text) {
    return builder().text(text).build();
  }

  /** Returns a prompt of a known number of tokens. */
  public static Prompt ofTokens(long tokens) {
    return builder().tokens(tokens).build();
  }

  /** Returns an empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the texts, each of which the model's tokenizer encodes apart. */
  public List<String> texts() {
    return texts;
  }

  /** Returns the images, recordings and files. */
  public List<Media> media() {
    return media;
  }

  /** Returns tokens that are known beforehand: what the API's framing adds around the texts. */
  public long tokens() {
    return tokens;
  }

  /** Returns bytes that could not be taken apart, and count as a token each at the most. */
  public long opaqueBytes() {
    return opaqueBytes;
  }

  /**
   * Returns how many tools, and formats for its answer, the model is told of. Their texts are among the
   * {@linkplain #texts() texts}; some providers add a text of their own where there are any.
   */
  public int tools() {
    return tools;
  }

  /**
   * Returns the most that the provider may charge for besides tokens, such as the searches of the web
   * that the request allows; only kinds that are no tokens.
   */
  public Usage fees() {
    return fees;
  }

  /** Whether the request asks for parts of it to be kept in a cache for an hour, which costs more. */
  public boolean cachedForAnHour() {
    return cachedForAnHour;
  }

  /**
   * Returns how often a person has spoken in the conversation: messages of its user that are not the results
   * of tools. Zero where that is not known.
   */
  public int userTurns() {
    return userTurns;
  }

  /** Renders sizes only, never the content. */
  @Override
  public String toString() {
    return "Prompt of "
        + texts.size()
        + " texts, "
        + media.size()
        + " media, "
        + tools
        + " tools, "
        + tokens
        + " framing tokens, "
        + opaqueBytes
        + " opaque bytes";
  }

  /** Something in a prompt that is no text. */
  public enum MediaKind {
    /** A picture. */
    IMAGE,
    /** A recording of sound. */
    AUDIO,
    /** A recording of pictures, with or without sound. */
    VIDEO,
    /** A document, such as a PDF. */
    FILE
  }

  /**
   * A piece of a prompt that is no text.
   *
   * @param kind what it is
   * @param format the format's short name ({@code png}, {@code wav}, {@code pdf}), empty if unknown
   * @param bytes its size in bytes, 0 if unknown
   * @param width pixels, 0 if unknown or no picture
   * @param height pixels, 0 if unknown or no picture
   * @param detail the detail level or resolution the caller asked for ({@code low}, {@code high},
   *     {@code media_resolution_low}), else empty
   * @param pages of a document, 0 if unknown
   * @param seconds of a recording, rounded up, 0 if unknown
   */
  public record Media(
      MediaKind kind,
      String format,
      long bytes,
      int width,
      int height,
      String detail,
      int pages,
      long seconds) {

    /** Something of which neither pages nor seconds are known. */
    public Media(MediaKind kind, String format, long bytes, int width, int height, String detail) {
      this(kind, format, bytes, width, height, detail, 0, 0);
    }
  }

  /** Collects the parts of a prompt. Not safe for use by several threads. */
  public static final class Builder {
    private final List<String> texts = new ArrayList<>();
    private final List<Media> media = new ArrayList<>();
    private long tokens;
    private long opaqueBytes;
    private int tools;
    private final Usage.Builder fees = Usage.builder();
    private boolean cachedForAnHour;
    private int userTurns;

    private Builder() {}

    /** Adds a text. */
    public Builder text(String text) {
      texts.add(text);
      return this;
    }

    /** Adds something that is no text. */
    public Builder media(Media piece) {
      media.add(piece);
      return this;
    }

    /** Takes note of a message by which a person speaks. */
    public Builder userTurn() {
      userTurns++;
      return this;
    }

    /** Adds a known number of tokens. */
    public Builder tokens(long more) {
      if (more < 0) {
        throw new IllegalArgumentException("negative tokens: " + more);
      }
      tokens = Math.addExact(tokens, more);
      return this;
    }

    /** Adds bytes that could not be taken apart. */
    public Builder opaqueBytes(long more) {
      if (more < 0) {
        throw new IllegalArgumentException("negative bytes: " + more);
      }
      opaqueBytes = Math.addExact(opaqueBytes, more);
      return this;
    }

    /** Adds to the number of tools, and formats for its answer, that the model is told of. */
    public Builder tools(int more) {
      if (more < 0) {
        throw new IllegalArgumentException("negative tools: " + more);
      }
      tools = Math.addExact(tools, more);
      return this;
    }

    /**
     * Adds units that the provider may charge for besides tokens; the money for them is held with the
     * call's.
     *
     * @throws IllegalArgumentException if the kind is one of tokens, or counts the call itself
     */
    public Builder fees(UsageKind kind, long most) {
      if (kind.isInput() || kind.isOutput() || kind == UsageKind.REQUEST) {
        throw new IllegalArgumentException("no fee: " + kind);
      }
      fees.add(kind, most);
      return this;
    }

    /** Says that parts are to be kept in a cache for an hour. */
    public Builder cachedForAnHour() {
      cachedForAnHour = true;
      return this;
    }

    /** Returns the prompt. */
    public Prompt build() {
      return new Prompt(this);
    }
  }
}
