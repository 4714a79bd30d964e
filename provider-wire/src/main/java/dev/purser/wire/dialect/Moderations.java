package dev.purser.wire.dialect;

import dev.purser.wire.host.Hosts;

/**
 * Judgements of texts, which are free at OpenAI and Azure, and read here nowhere but where they are
 * billed by their tokens: at Mistral.
 *
 * @see <a href="https://platform.openai.com/docs/guides/moderation">OpenAI: moderation is free</a>
 * @see <a href="https://docs.mistral.ai/api/#tag/classifiers">Mistral: classifiers</a>
 */
final class Moderations extends Embeddings {

  Moderations() {
    super("mistral.moderations", "/moderations", "/classifications");
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return super.speaks(method, host, path) && "mistral".equals(Hosts.providerOf(host));
  }
}
