package dev.purser.okhttp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.api.Attribution;
import dev.purser.api.BudgetGuard;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Refusal;
import dev.purser.http.FaultBarrier;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import java.io.IOException;
import java.util.OptionalLong;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Takes every body for a call of gpt-4o, and fails to edit and to meter it. */
final class BrokenDialect implements Dialect {

  private final Throwable fault;

  /** Makes a dialect that fails with an unchecked fault. */
  BrokenDialect(Throwable fault) {
    this.fault = fault;
  }

  /** Sends a request as an interceptor would whose registry knew this dialect. */
  Response send(BudgetGuard guard, Request request) throws IOException {
    BudgetInterceptor interceptor = new BudgetInterceptor(guard);
    OkHttpClient client = new OkHttpClient.Builder()
        .addInterceptor(chain -> interceptor.budgeted(
            chain,
            chain.request(),
            this,
            Attribution.NONE,
            new FaultBarrier(
                guard,
                new RequestParts(request),
                Attribution.NONE,
                System.getLogger(BudgetInterceptor.class.getName()))))
        .build();
    return client.newCall(request).execute();
  }

  private RuntimeException fail() {
    if (fault instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) fault;
  }

  @Override
  public boolean isConversation() {
    return true;
  }

  @Override
  public String name() {
    return "broken";
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return true;
  }

  @Override
  public WireCall read(WireRequest request) {
    return new Call(new String(request.body(), UTF_8).contains("\"stream\":true"));
  }

  @Override
  public String denialBody(dev.purser.api.Denial denial) {
    throw new IllegalStateException("dialect fault");
  }

  @Override
  public String refusalBody(Refusal refusal) {
    throw fail();
  }

  private final class Call implements WireCall {
    private final boolean usageUnasked;

    Call(boolean usageUnasked) {
      this.usageUnasked = usageUnasked;
    }

    @Override
    public Dialect dialect() {
      return BrokenDialect.this;
    }

    @Override
    public ModelId model() {
      return ModelId.of("openai", "gpt-4o");
    }

    @Override
    public Prompt prompt() {
      return Prompt.EMPTY;
    }

    @Override
    public OptionalLong outputCap() {
      return OptionalLong.empty();
    }

    @Override
    public int choices() {
      return 1;
    }

    @Override
    public boolean stream() {
      return usageUnasked;
    }

    @Override
    public boolean usageUnasked() {
      return usageUnasked;
    }

    @Override
    public String serviceTier() {
      return null;
    }

    @Override
    public String session() {
      return null;
    }

    @Override
    public byte[] edited(Edit edit) {
      throw fail();
    }

    @Override
    public Meter meter(AnswerHead head, boolean hideUsage) {
      throw fail();
    }
  }
}
