package dev.purser.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usd;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Filter;
import java.util.logging.Logger;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise 7: whatever of ours fails, the caller gets its answer. */
class LibraryNeverBreaksTheCallTest extends OverHttp {

  private static final int LARGE = 50 << 20;

  @Test
  void aGuardThatThrowsLetsTheCallPassAndIsTold() throws Exception {
    guard.answer(intent -> {
      throw new IllegalStateException("broken");
    });
    server.enqueue(json(ANSWER));
    assertThat(send(ask(ASK))).isEqualTo(ANSWER);
    assertThat(text(received())).isEqualTo(ASK);
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly("fault in the guard: java.lang.IllegalStateException");
  }

  @Test
  void aGuardThatEvenFailsToBeToldLetsTheCallPass() throws Exception {
    BudgetGuard broken = new BudgetGuard() {
      @Override
      public Admission admit(CallIntent intent) {
        throw new IllegalStateException("broken");
      }

      @Override
      public Admission pass(dev.purser.api.PassingCall call) {
        throw new IllegalStateException("guard fault");
      }

      @Override
      public void unmetered(UnmeteredCall call) {
        throw new NoClassDefFoundError("broken, too");
      }
    };
    server.enqueue(json(ANSWER));
    Logger log = Logger.getLogger(BudgetInterceptor.class.getName());
    CompletableFuture<String> logged = new CompletableFuture<>();
    Filter before = log.getFilter();
    log.setFilter(line -> !logged.complete(line.getMessage()));
    try {
      Response response =
          client(new BudgetInterceptor(broken)).newCall(ask(ASK)).execute();
      assertThat(response.body().string()).isEqualTo(ANSWER);
    } finally {
      log.setFilter(before);
    }
    assertThat(logged.get(10, TimeUnit.SECONDS)).contains("NoClassDefFoundError");
  }

  @Test
  void aReservationThatCannotBeEndedLetsTheAnswerPass() throws Exception {
    guard.answer(intent -> intent.tried().isEmpty()
        ? new Admission.Admitted(new BrokenReservation(), intent.model(), OptionalLong.empty())
        : guard.admitted(intent));
    server.enqueue(json(ANSWER));
    server.enqueue(json("{}").setResponseCode(500));
    server.enqueue(events(delta("one")));
    assertThat(send(ask(ASK))).isEqualTo(ANSWER);
    assertThat(send(ask(ASK))).isEqualTo("{}");
    assertThat(send(ask(ASK_STREAM))).isEqualTo(delta("one"));
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly(
            "fault in the settlement: java.lang.IllegalStateException",
            "fault in the release: java.lang.IllegalStateException",
            "fault in the charge: java.lang.IllegalStateException");
  }

  @Test
  void aMeterThatCannotBeHadLetsTheAnswerPassAndChargesIt() throws Exception {
    server.enqueue(json(ANSWER));
    try (Response response =
        new BrokenDialect(new StackOverflowError("broken")).send(guard, ask(ASK))) {
      assertThat(response.body().string()).isEqualTo(ANSWER);
    }
    assertThat(text(received())).isEqualTo(ASK);
    assertAbandonedOnce(AbandonReason.MALFORMED_ANSWER);
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly("fault in the meter: java.lang.StackOverflowError");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultOfOursIsContainedWhereverItArises(Throwable fault) throws Exception {
    guard.answer(intent -> sneak(fault));
    server.enqueue(json(ANSWER));
    assertThat(send(ask(ASK))).isEqualTo(ANSWER);
    guard.answer(guard::admitted);
    server.enqueue(json(ANSWER));
    try (Response response = new BrokenDialect(fault).send(guard, ask(ASK))) {
      assertThat(response.body().string()).isEqualTo(ANSWER);
    }
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly(
            "fault in the guard: " + fault.getClass().getName(),
            "fault in the meter: " + fault.getClass().getName());
  }

  static List<Throwable> faults() {
    return List.of(
        new IllegalStateException("broken"),
        new NoSuchMethodError("broken"),
        new AssertionError("broken"),
        new StackOverflowError("broken"));
  }

  /** Errors of the machine are nobody's to hide. */
  @Test
  void aFullHeapIsNotContained() {
    OutOfMemoryError full = new OutOfMemoryError("broken");
    guard.answer(intent -> sneak(full));
    assertThatThrownBy(() -> send(ask(ASK))).isSameAs(full);
    assertThat(guard.unmetered).isEmpty();
  }

  private static Admission sneak(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) fault;
  }

  @Test
  void anAnswerOfFiftyMegabytesPassesThroughALittleMemory() throws Exception {
    byte[] filler = "x".repeat(1 << 16).getBytes(UTF_8);
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    String[] around = ANSWER.split("The officer", -1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("application/json", "Transfer-Encoding: chunked\r\n");
      sendChunk(connection, around[0], sent);
      String chunk = new String(filler, UTF_8);
      for (int left = LARGE; left > 0; left -= filler.length) {
        sendChunk(connection, chunk, sent);
      }
      sendChunk(connection, around[1], sent);
      connection.send("0\r\n\r\n");
    })) {
      var request = ask(ASK).newBuilder().url(provider.url(CHAT)).build();
      var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      MessageDigest received = MessageDigest.getInstance("SHA-256");
      try (Response response = client.newCall(request).execute()) {
        digest(response.body().source(), received);
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      provider.finish();
      assertThat(hex(received)).isEqualTo(hex(sent));
      assertThat(allocated).isLessThan(LARGE / 4);
    }
    assertSettledOnce();
  }

  private static void sendChunk(ScriptedServer.Connection connection, String text, MessageDigest d)
      throws Exception {
    d.update(text.getBytes(UTF_8));
    connection.sendChunk(text);
  }

  private static void digest(BufferedSource source, MessageDigest digest) throws Exception {
    byte[] some = new byte[8192];
    Buffer buffer = new Buffer();
    while (source.read(buffer, some.length) != -1) {
      int count;
      while ((count = buffer.read(some)) != -1) {
        digest.update(some, 0, count);
      }
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static final class BrokenReservation implements Reservation {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public Usd reserved() {
      return Usd.ZERO;
    }

    @Override
    public boolean settle(Settlement settlement) {
      throw new IllegalStateException("broken");
    }

    @Override
    public boolean release() {
      throw new IllegalStateException("broken");
    }

    @Override
    public boolean abandon(AbandonReason reason) {
      throw new IllegalStateException("broken");
    }
  }
}
