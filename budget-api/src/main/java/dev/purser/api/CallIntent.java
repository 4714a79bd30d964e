package dev.purser.api;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A call that somebody wants to make: all that its price and its budgets depend on. */
public final class CallIntent {

  private final ModelId model;
  private final List<ModelId> alternatives;
  private final String api;
  private final Attribution attribution;
  private final @Nullable AttributionScope scope;
  private final List<Ceiling> ceilings;
  private final @Nullable Credential credential;
  private final Prompt prompt;
  private final long outputCap;
  private final int choices;
  private final @Nullable String serviceTier;
  private final @Nullable String region;
  private final @Nullable String bill;
  private final boolean capAdjustable;
  private final boolean modelAdjustable;
  private final Predicate<ModelId> reach;
  private final List<ModelId> tried;
  private final @Nullable Duration maxWait;
  private final int attempt;
  private final boolean stream;

  private CallIntent(Builder builder) {
    model = builder.model;
    alternatives = builder.alternatives;
    api = builder.api;
    CallContext context = builder.context;
    scope = context == null ? AttributionScope.current() : context.scope();
    ceilings = context == null ? Ceiling.inForce() : context.ceilings();
    attribution =
        scope == null ? builder.attribution : builder.attribution.orElse(scope.attribution());
    credential = builder.credential;
    prompt = builder.prompt;
    outputCap = builder.outputCap;
    choices = builder.choices;
    serviceTier = builder.serviceTier;
    region = builder.region;
    bill = builder.bill;
    capAdjustable = builder.capAdjustable;
    modelAdjustable = builder.modelAdjustable;
    Predicate<ModelId> wide = builder.reach;
    String provider = model.provider();
    reach = wide == null ? other -> other.provider().equals(provider) : wide;
    tried = builder.tried;
    maxWait = builder.maxWait;
    attempt = builder.attempt;
    stream = builder.stream;
  }

  /** Returns a builder for a call of a model. */
  public static Builder builder(ModelId model) {
    return new Builder(model);
  }

  /** Returns the model asked for. */
  public ModelId model() {
    return model;
  }

  /**
   * Returns the models besides {@link #model()} that may answer, because the request names them for
   * when that one cannot; one with an empty name stands for any that cannot be known. Unmodifiable.
   */
  public List<ModelId> alternatives() {
    return alternatives;
  }

  /** Returns the API's name, such as {@code openai.chat.completions}; {@code direct} by hand. */
  public String api() {
    return api;
  }

  /** Returns what the call is for; parts left out are those of the scope it was built in. */
  public Attribution attribution() {
    return attribution;
  }

  /** Returns the ceilings that the intent was built under, the innermost first. */
  public List<Ceiling> ceilings() {
    return ceilings;
  }

  /** Returns the scope that the intent was built in, or null. */
  public @Nullable AttributionScope scope() {
    return scope;
  }

  /** Returns the digest of the call's credential, or null. */
  public @Nullable Credential credential() {
    return credential;
  }

  /** Returns what the model is to read. */
  public Prompt prompt() {
    return prompt;
  }

  /** Returns the most tokens that the request lets the model write for a choice. */
  public OptionalLong outputCap() {
    return outputCap < 0 ? OptionalLong.empty() : OptionalLong.of(outputCap);
  }

  /** Returns how many answers are asked for at once. */
  public int choices() {
    return choices;
  }

  /** Returns the service tier asked for, or null. */
  public @Nullable String serviceTier() {
    return serviceTier;
  }

  /** Returns the region asked for, where the provider bills a surcharge for the choice, or null. */
  public @Nullable String region() {
    return region;
  }

  /**
   * Returns the name of what the call reads the bill of, where reading it again costs nothing again;
   * null for a call that is billed each time.
   */
  public @Nullable String bill() {
    return bill;
  }

  /** Whether whoever makes the call can send another output cap than the one asked for. */
  public boolean capAdjustable() {
    return capAdjustable;
  }

  /** Whether whoever makes the call can send it to another model than the one asked for. */
  public boolean modelAdjustable() {
    return modelAdjustable;
  }

  /**
   * Whether whoever makes the call can send it to a model instead of the one asked for. Must not throw;
   * of no meaning where the model is not {@linkplain #modelAdjustable() adjustable}.
   */
  public boolean reaches(ModelId other) {
    return reach.test(other);
  }

  /**
   * Returns the models that were tried for this call before and failed, the first first: the guard
   * chooses another, or denies the call as {@link Denial.Reason#NO_CANDIDATE}. Unmodifiable.
   */
  public List<ModelId> tried() {
    return tried;
  }

  /** Returns how long the call may wait for money that is only held; null for the guard's bound. */
  public @Nullable Duration maxWait() {
    return maxWait;
  }

  /** Returns which attempt this is, from 1; 1 where whoever retries does not say. */
  public int attempt() {
    return attempt;
  }

  /** Whether the answer is asked for in parts. */
  public boolean stream() {
    return stream;
  }

  @Override
  public String toString() {
    return "CallIntent " + api + " " + model + " " + attribution;
  }

  /** Collects the parts of an intent. Not safe for use by several threads. */
  public static final class Builder {
    private final ModelId model;
    private List<ModelId> alternatives = List.of();
    private String api = "direct";
    private Attribution attribution = Attribution.NONE;
    private @Nullable CallContext context;
    private @Nullable Credential credential;
    private Prompt prompt = Prompt.EMPTY;
    private long outputCap = -1;
    private int choices = 1;
    private @Nullable String serviceTier;
    private @Nullable String region;
    private @Nullable String bill;
    private boolean capAdjustable;
    private boolean modelAdjustable;
    private @Nullable Predicate<ModelId> reach;
    private List<ModelId> tried = List.of();
    private @Nullable Duration maxWait;
    private int attempt = 1;
    private boolean stream;

    private Builder(ModelId model) {
      this.model = model;
    }

    /**
     * Names the models besides the one asked for that may answer, with an empty name for any that
     * cannot be known: whoever may not call one of them may not make the call.
     */
    public Builder alternatives(List<ModelId> alternatives) {
      this.alternatives = List.copyOf(alternatives);
      return this;
    }

    /** Names the API that is spoken. */
    public Builder api(String api) {
      this.api = api;
      return this;
    }

    /** Attributes the call; parts left out are taken from the thread's scope. */
    public Builder attribution(Attribution attribution) {
      this.attribution = attribution;
      return this;
    }

    /**
     * Binds the call to the scope and the ceilings of whoever asked for it, where that is not this
     * thread; null for this thread's.
     */
    public Builder context(@Nullable CallContext context) {
      this.context = context;
      return this;
    }

    /** Gives the credential's digest, the last resort of attribution. */
    public Builder credential(@Nullable Credential credential) {
      this.credential = credential;
      return this;
    }

    /** Gives what the model is to read. */
    public Builder prompt(Prompt prompt) {
      this.prompt = prompt;
      return this;
    }

    /**
     * Gives the most tokens that the request lets the model write for a choice; without it the
     * model's own bound holds.
     */
    public Builder outputCap(long tokens) {
      if (tokens < 0) {
        throw new IllegalArgumentException("negative output cap: " + tokens);
      }
      this.outputCap = tokens;
      return this;
    }

    /** Gives the number of answers asked for at once. */
    public Builder choices(int choices) {
      if (choices < 1) {
        throw new IllegalArgumentException("a call asks for one choice at least: " + choices);
      }
      this.choices = choices;
      return this;
    }

    /** Gives the service tier asked for. */
    public Builder serviceTier(@Nullable String serviceTier) {
      this.serviceTier = serviceTier;
      return this;
    }

    /** Gives the region asked for, where the provider bills a surcharge for the choice. */
    public Builder region(@Nullable String region) {
      this.region = region;
      return this;
    }

    /**
     * Says that the call only reads what something cost that was made before, such as a batch: of
     * several that name the same, all together are charged what the largest of them says.
     *
     * @param bill a name that no other bill of the provider has, or null
     */
    public Builder bill(@Nullable String bill) {
      this.bill = bill;
      return this;
    }

    /**
     * Says that the caller will send {@link Admission.Admitted#outputCap()} with the call, so that
     * the cap may be lowered to what the budgets pay for.
     */
    public Builder capAdjustable(boolean adjustable) {
      this.capAdjustable = adjustable;
      return this;
    }

    /**
     * Says that the caller will send {@link Admission.Admitted#model()} with the call, so that the
     * call may be routed to models of the same provider; without it the money held is always that of
     * the model asked for.
     */
    public Builder modelAdjustable(boolean adjustable) {
      this.modelAdjustable = adjustable;
      return this;
    }

    /**
     * Says which models the call can be sent to instead of the one asked for, where those are not all
     * of its provider and no others. Asked on the thread that asks the guard; must not throw.
     */
    public Builder reach(Predicate<ModelId> reach) {
      this.reach = reach;
      return this;
    }

    /**
     * Says which models were tried before for what is still the same call of its caller, and failed; each
     * had a reservation of its own.
     */
    public Builder tried(List<ModelId> failed) {
      this.tried = List.copyOf(failed);
      return this;
    }

    /**
     * Sets how long the call may wait for money that is only held by other calls, instead of the
     * guard's bound; zero for not at all.
     */
    public Builder maxWait(@Nullable Duration maxWait) {
      if (maxWait != null && maxWait.isNegative()) {
        throw new IllegalArgumentException("negative wait: " + maxWait);
      }
      this.maxWait = maxWait;
      return this;
    }

    /** Says which attempt this is, from 1. */
    public Builder attempt(int attempt) {
      if (attempt < 1) {
        throw new IllegalArgumentException("attempts are counted from 1: " + attempt);
      }
      this.attempt = attempt;
      return this;
    }

    /** Says whether the answer is asked for in parts. */
    public Builder stream(boolean stream) {
      this.stream = stream;
      return this;
    }

    /** Returns the intent, bound to this thread's scope and ceilings unless a context was set. */
    public CallIntent build() {
      return new CallIntent(this);
    }
  }
}
