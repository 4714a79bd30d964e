package dev.purser.wire.answer;

/** Looks for a field's quoted name in raw bytes. */
public final class Needle {

  private Needle() {}

  /** Whether the name begins at {@code at} and has a value that is not null. */
  public static boolean valued(byte[] name, byte[] bytes, int at, int to) {
    int i = at + name.length;
    if (i >= to || bytes[i - 1] != '"') {
      return false;
    }
    for (int k = 2; k < name.length - 1; k++) {
      if (bytes[at + k] != name[k]) {
        return false;
      }
    }
    while (i < to && (bytes[i] == ' ' || bytes[i] == ':' || bytes[i] == '\t')) {
      i++;
    }
    return i >= to || bytes[i] != 'n';
  }
}
