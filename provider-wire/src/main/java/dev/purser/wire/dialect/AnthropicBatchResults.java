package dev.purser.wire.dialect;

import dev.purser.wire.WireCall;
import dev.purser.wire.WireRequest;
import dev.purser.wire.error.ErrorShape;
import dev.purser.wire.host.Hosts;
import dev.purser.wire.request.BillCall;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The results of a batch of messages, a line each. They are the first that is known of its cost, and can
 * be read any number of times.
 *
 * @see <a href="https://docs.anthropic.com/en/api/retrieving-message-batch-results">the API reference</a>
 */
final class AnthropicBatchResults extends NamedDialect {

  private static final Pattern PATH = Pattern.compile(".*/v1/messages/batches/([^/]+)/results/?");

  AnthropicBatchResults() {
    super("anthropic.messages.batch_results", ErrorShape.ANTHROPIC);
  }

  @Override
  public boolean speaks(String method, String host, String path) {
    return method.equals("GET")
        && path.contains("/messages/batches/")
        && PATH.matcher(path).matches();
  }

  @Override
  public @Nullable WireCall read(WireRequest request) {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return null;
    }
    String batch = ApiPath.decoded(path.group(1));
    String provider = Hosts.providerOf(request.host());
    return new BillCall(
        this, request, "batch:" + batch, true, () -> new AnthropicBatchReader(provider, batch));
  }
}
