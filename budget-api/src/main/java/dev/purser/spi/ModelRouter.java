package dev.purser.spi;

import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;

/** Chooses the model that answers a call. Safe for use by several threads. */
@FunctionalInterface
public interface ModelRouter {

  /** Returns the model to call; the one asked for to leave the call as it is. */
  ModelId route(CallIntent intent);
}
