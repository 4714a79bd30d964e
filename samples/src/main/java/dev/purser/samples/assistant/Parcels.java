package dev.purser.samples.assistant;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

/** What the assistant can look up. Not safe for use by several threads. */
final class Parcels {

  private int lookedUp;

  /** Says where a parcel is. */
  @Tool("Says where a parcel is")
  String whereIs(@P(name = "number", value = "the number on the receipt") String number) {
    lookedUp++;
    return number + " left Lyon this morning";
  }

  /** Returns how often somebody asked. */
  int lookedUp() {
    return lookedUp;
  }
}
