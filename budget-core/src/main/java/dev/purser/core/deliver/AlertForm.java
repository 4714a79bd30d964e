package dev.purser.core.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Alert;
import org.jspecify.annotations.Nullable;

/** How a receiver wants to be told. */
interface AlertForm {

  /** Returns what to send of an alert, or null for nothing. */
  @Nullable JsonNode told(Alert alert);

  /** Returns what to send when it is over, or null for nothing. */
  @Nullable JsonNode over(Alert alert);
}
