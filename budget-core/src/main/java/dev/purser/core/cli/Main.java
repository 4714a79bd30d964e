package dev.purser.core.cli;

import dev.purser.core.config.ConfigurationException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The command {@code purser}. It ends with 0, with 1 if what was asked for could not be done, and with
 * 2 if it was asked wrongly.
 */
public final class Main {

  private static final String USAGE = """
      purser keys mint NAME [--owner PERSON] [--user USER] [--team TEAM] [--models M,M]
                            [--task-classes T,T] [--expires DAY|INSTANT] [--config FILE]
          makes a secret, shows it once, and adds the key with its hash to the file
      purser keys revoke NAME --config FILE
          ends the validity of a key
      purser keys list --config FILE
          shows whose keys there are, and which are valid
      purser balances --config FILE --records FILE
          adds up the records of a JSON Lines file, or of a journal's folder, under the budgets of a
          configuration
      purser verify FOLDER
          looks through a journal and names the first line that is broken or missing
      """;

  private Main() {}

  /** Runs a command and ends the process. */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err, InstantSource.system()));
  }

  static int run(List<String> args, PrintStream out, PrintStream err, InstantSource clock) {
    if (args.contains("--help") || args.equals(List.of("help"))) {
      out.print(USAGE);
      return 0;
    }
    try {
      return command(args, out, err, clock);
    } catch (Refused e) {
      err.println("purser: " + e.getMessage());
      if (e.wrongUsage()) {
        err.println("See purser --help");
      }
      return e.wrongUsage() ? 2 : 1;
    } catch (ConfigurationException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static int command(
      List<String> args, PrintStream out, PrintStream err, InstantSource clock) {
    Instant now = clock.instant();
    boolean ofKeys = args.size() > 1 && args.get(0).equals("keys");
    List<String> command = args.subList(0, Math.min(ofKeys ? 2 : 1, args.size()));
    List<String> words = args.subList(command.size(), args.size());
    return switch (String.join(" ", command)) {
      case "keys mint" -> new Mint(out, err).run(words, now);
      case "keys revoke" -> new Revoke(out, err).run(words, now);
      case "keys list" -> new ListKeys(out).run(words, now);
      case "balances" -> new Balances(out, err).run(words, now);
      case "verify" -> new Verify(out, err).run(words);
      default -> throw Refused.usage("this is no command");
    };
  }
}
