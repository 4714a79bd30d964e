package dev.purser.clients;

import dev.purser.clients.provider.Api;
import java.util.Map;

/**
 * Which client it is, as the page tells.
 *
 * @param name its name and version
 * @param mode how it is called
 * @param way how Purser is put into it
 * @param api what it speaks
 * @param limits what it cannot be shown to do, and why
 */
public record Kind(String name, String mode, String way, Api api, Map<Scenario, String> limits) {

  /** One without limits. */
  public Kind(String name, String mode, String way, Api api) {
    this(name, mode, way, api, Map.of());
  }

  /** A name for a file. */
  String file() {
    return (name + " " + mode + " " + api).replaceAll("[^A-Za-z0-9.]+", "-") + ".json";
  }
}
