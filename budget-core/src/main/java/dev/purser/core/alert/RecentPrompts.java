package dev.purser.core.alert;

import java.util.Arrays;

/** Which prompts a session sent of late: its last 128, two kilobytes at most. For one thread at a time. */
final class RecentPrompts {

  private static final int MOST = 128;
  private static final int FIRST = 8;

  private long[] prompts = new long[FIRST];
  private long[] seconds = new long[FIRST];
  private int next;
  private int size;

  /**
   * Takes note of a prompt.
   *
   * @param prompt its hash
   * @param second when it was sent, in seconds of the epoch
   * @param since what was sent before counts no more
   * @return how often the same was sent, this time included
   */
  int add(long prompt, long second, long since) {
    if (size == prompts.length && size < MOST) {
      prompts = Arrays.copyOf(prompts, 2 * size);
      seconds = Arrays.copyOf(seconds, 2 * size);
      next = size;
    }
    prompts[next] = prompt;
    seconds[next] = second;
    next = (next + 1) % prompts.length;
    size = Math.min(size + 1, prompts.length);
    int same = 0;
    for (int i = 0; i < size; i++) {
      same += prompts[i] == prompt && seconds[i] >= since ? 1 : 0;
    }
    return same;
  }
}
