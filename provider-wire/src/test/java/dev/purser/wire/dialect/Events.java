package dev.purser.wire.dialect;

/** Server-sent events as tests write them: data with single quotes. */
final class Events {

  private Events() {}

  static String of(String... data) {
    StringBuilder events = new StringBuilder();
    for (String each : data) {
      events.append("data: ").append(each.replace('\'', '"')).append("\n\n");
    }
    return events.toString();
  }
}
