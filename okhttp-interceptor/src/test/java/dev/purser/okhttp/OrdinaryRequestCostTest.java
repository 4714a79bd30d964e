package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** A request without a virtual key costs a look. */
class OrdinaryRequestCostTest {

  private static final int LOOKS = 10_000;

  @Test
  void aLookForAVirtualKeyAllocatesNothing() {
    Request request = new Request.Builder()
        .url("https://api.openai.com/v1/chat/completions?alt=sse")
        .header("Authorization", "Bearer sk-ordinary")
        .header("User-Agent", "app/1.0")
        .header("Accept", "*/*")
        .build();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(RequestParts.virtualKey(request)).isNull();

    long before = threads.getCurrentThreadAllocatedBytes();
    boolean found = false;
    for (int i = 0; i < LOOKS; i++) {
      found |= RequestParts.virtualKey(request) != null;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(found).isFalse();
    assertThat(allocated).isLessThan(LOOKS); // what the JVM itself allocates meanwhile
  }
}
