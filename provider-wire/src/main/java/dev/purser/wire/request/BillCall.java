package dev.purser.wire.request;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.wire.Dialect;
import dev.purser.wire.Meter;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.frame.Meters;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.host.ModelOwner;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that has no model do anything, and whose answer states what one did before: nothing is held
 * for it, and what it states is charged once, whoever reads it how often.
 */
public final class BillCall implements WireCall {

  private final Dialect dialect;
  private final WireRequest request;
  private final String bill;
  private final boolean pieces;
  private final Supplier<AnswerReader> reader;
  private final ModelId model;

  /**
   * Makes a call.
   *
   * @param bill the name of what is billed
   * @param pieces whether the answer comes in several pieces
   * @param reader makes what gathers the answer
   */
  public BillCall(
      Dialect dialect,
      WireRequest request,
      String bill,
      boolean pieces,
      Supplier<AnswerReader> reader) {
    this.dialect = dialect;
    this.request = request;
    this.bill = bill;
    this.pieces = pieces;
    this.reader = reader;
    String provider = Hosts.providerOf(request.host());
    model = ModelId.of(Objects.requireNonNullElse(provider, ModelOwner.OTHER), "");
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  /** {@inheritDoc} Only the answer names it. */
  @Override
  public ModelId model() {
    return model;
  }

  @Override
  public Prompt prompt() {
    return Prompt.EMPTY;
  }

  /** {@inheritDoc} Nothing is written. */
  @Override
  public OptionalLong outputCap() {
    return OptionalLong.of(0);
  }

  @Override
  public int choices() {
    return 1;
  }

  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public boolean usageUnasked() {
    return false;
  }

  @Override
  public @Nullable String serviceTier() {
    return null;
  }

  @Override
  public String bill() {
    return bill;
  }

  @Override
  public @Nullable String session() {
    return null;
  }

  /** {@inheritDoc} There is nothing to change. */
  @Override
  public byte[] edited(Edit edit) {
    return request.body();
  }

  @Override
  public Meter meter(AnswerHead head, boolean hideUsage) {
    return Meters.choose(head, pieces, false, reader.get());
  }

  @Override
  public String toString() {
    return dialect.name() + " of " + bill;
  }
}
