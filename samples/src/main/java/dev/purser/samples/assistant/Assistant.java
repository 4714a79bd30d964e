package dev.purser.samples.assistant;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;

/** What the customers of a parcel service may ask; LangChain4j implements it. */
interface Assistant {

  /** Answers a question of a conversation. */
  @SystemMessage("""
      You answer the customers of a parcel service. Look parcels up before you say where they are. Be \
      brief and polite, and never invent what the parcels' list does not say.""")
  String ask(@MemoryId String conversation, @UserMessage String question);
}
