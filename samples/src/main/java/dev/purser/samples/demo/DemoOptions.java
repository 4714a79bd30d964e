package dev.purser.samples.demo;

import dev.purser.api.Usd;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo was asked to do.
 *
 * @param sdk which official SDK makes the calls
 * @param calls how many calls the loop wants
 * @param threads how many of them at once
 * @param cap the budget, where there is no file of budgets
 * @param config the file of budgets, or null
 * @param journal the folder of the journal, or null for none
 * @param stream whether answers are streamed
 * @param async whether the SDK's asynchronous client makes the calls
 * @param fit whether Purser lowers the output cap of a call to what is left
 * @param waits whether calls wait for money that others hold, inside Purser
 * @param json whether the last line is for a program
 * @param help whether only the help is wanted
 */
record DemoOptions(
    Sdk sdk,
    int calls,
    int threads,
    Usd cap,
    @Nullable Path config,
    @Nullable Path journal,
    boolean stream,
    boolean async,
    boolean fit,
    boolean waits,
    boolean json,
    boolean help) {

  static final String HELP = """
      Usage: demo [options]
             demo --keys        (the life of a virtual key instead of the loop)
             demo --weekend     (an agent's loop from Friday to Monday, and who is told of it when)
             demo --assistant   (a LangChain4j assistant over two providers, one of which fails)
        --sdk NAME    whose SDK makes the calls: openai (gpt-4o, the default) or anthropic
                      (claude-sonnet-4-5)
        --calls N     how many calls the loop wants (default 100)
        --threads N   how many of them at once (default 8)
        --cap USD     the budget (default 1.00)
        --config FILE the budgets of this file, such as samples/purser.yaml, instead of that one;
                      the file also says what --cap and --fit would
        --journal DIR keep the journal in this folder; a second run goes on where the first ended
        --stream      stream the answers
        --async       use the SDK's asynchronous client
        --fit         lower the output cap of a call to what the budget still pays for
        --wait        let calls wait for money that others hold, up to 30 seconds, inside Purser
        --json        end with one line of JSON
        --help        show this text
      Exits with 0 if the budgets held, 1 if one was overspent, 2 if options or file are wrong.
      """;

  private static final Usd CAP = Usd.of("1.00");
  private static final int MOST_CALLS = 1_000_000;
  private static final int MOST_THREADS = 1_000;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  static DemoOptions parse(List<String> args) {
    Reading reading = new Reading();
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      reading.take(rest.next(), rest);
    }
    reading.refuseWhatTheFileSays();
    return new DemoOptions(
        reading.sdk,
        reading.calls,
        reading.threads,
        reading.cap == null ? CAP : reading.cap,
        reading.config,
        reading.journal,
        reading.stream,
        reading.async,
        reading.fit,
        reading.waits,
        reading.json,
        reading.help);
  }

  private static final class Reading {
    private Sdk sdk = Sdk.OPENAI;
    private int calls = 100;
    private int threads = 8;
    private @Nullable Usd cap;
    private @Nullable Path config;
    private @Nullable Path journal;
    private boolean stream;
    private boolean async;
    private boolean fit;
    private boolean waits;
    private boolean json;
    private boolean help;

    void take(String option, Iterator<String> rest) {
      switch (option) {
        case "--sdk" -> sdk = sdk(option, value(option, rest));
        case "--calls" -> calls = number(option, value(option, rest), MOST_CALLS);
        case "--threads" -> threads = number(option, value(option, rest), MOST_THREADS);
        case "--cap" -> cap = money(option, value(option, rest));
        case "--config" -> config = file(option, value(option, rest));
        case "--journal" -> journal = file(option, value(option, rest));
        case "--stream" -> stream = true;
        case "--async" -> async = true;
        case "--fit" -> fit = true;
        case "--wait" -> waits = true;
        case "--json" -> json = true;
        case "--help", "-h" -> help = true;
        default -> throw new IllegalArgumentException("unknown option: " + option);
      }
    }

    /** Two places that say the same thing could contradict each other. */
    void refuseWhatTheFileSays() {
      if (config == null) {
        return;
      }
      if (cap != null) {
        throw inTheFile("--cap", "limit: $" + cap);
      }
      if (fit) {
        throw inTheFile("--fit", "fit: all");
      }
    }

    private IllegalArgumentException inTheFile(String option, String instead) {
      return new IllegalArgumentException(
          option + " does not go with --config: say \"" + instead + "\" in " + config);
    }

    private static String value(String option, Iterator<String> rest) {
      if (!rest.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      return rest.next();
    }

    private static Sdk sdk(String option, String text) {
      for (Sdk sdk : Sdk.values()) {
        if (sdk.word().equals(text)) {
          return sdk;
        }
      }
      throw new IllegalArgumentException(
          option + " needs openai or anthropic, not \"" + text + "\"");
    }

    private static int number(String option, String text, int most) {
      try {
        int number = Integer.parseInt(text);
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // No number is as wrong as one out of range, and told alike.
      }
      throw new IllegalArgumentException(
          option + " needs a whole number from 1 to " + most + ", not \"" + text + "\"");
    }

    private static Path file(String option, String text) {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(option + " needs a file: " + e.getMessage(), e);
      }
    }

    private static Usd money(String option, String text) {
      Usd money;
      try {
        money = Usd.of(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
      }
      if (!money.isPositive()) {
        throw new IllegalArgumentException(
            option + " needs more than nothing, not \"" + text + "\"");
      }
      return money;
    }
  }
}
