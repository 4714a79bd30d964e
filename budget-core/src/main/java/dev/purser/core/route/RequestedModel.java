package dev.purser.core.route;

import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.spi.ModelRouter;

/** Leaves every call with the model that was asked for. */
public final class RequestedModel implements ModelRouter {

  @Override
  public ModelId route(CallIntent intent) {
    return intent.model();
  }
}
