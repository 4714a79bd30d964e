package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.host.Hosts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/providers.md} names the hosts that are known, what is free, and what is not metered. */
class EndpointsPageTest {

  private static final String REGION = "{region}";

  @Test
  void theHostsAreThoseThatAreKnown() throws IOException {
    Map<String, String> named = new HashMap<>();
    Set<String> withRegion = new TreeSet<>();
    for (List<String> row : ProvidersPage.read().rows("provider")) {
      String provider = ProvidersPage.codes(row.get(0)).get(0);
      for (String host : ProvidersPage.codes(row.get(1))) {
        assertThat(Dialects.providerOf(host.replace(REGION, "eu-west-1")))
            .as(host)
            .isEqualTo(provider);
        if (!host.contains(REGION)) {
          named.put(host, provider);
        } else if (provider.equals("aws")) {
          withRegion.add(host);
        }
      }
    }

    assertThat(named).isEqualTo(Hosts.names());
    assertThat(withRegion).isEqualTo(Hosts.awsNames());
  }

  private static String[] request(String endpoint) {
    String[] parts = endpoint.split("[ /]", 3);
    return new String[] {parts[0], parts[1], "/" + parts[2]};
  }

  @Test
  void whatIsFreeIsOnThePageAndNothingElse() throws IOException {
    List<String> paths = new ArrayList<>();
    for (List<String> row : ProvidersPage.read().rows("free")) {
      for (String endpoint : ProvidersPage.codes(row.get(0))) {
        String[] request = request(endpoint);
        assertThat(Dialects.find(request[0], request[1], request[2]))
            .as(endpoint)
            .isNull();
        assertThat(Dialects.isFree(request[0], request[1], request[2]))
            .as(endpoint)
            .isTrue();
        paths.add(request[2]);
      }
    }

    for (String end : alternatives(Endpoints.FREE.pattern())) {
      assertThat(paths).as(end).anyMatch(Pattern.compile(".*(?:" + end + ")").asMatchPredicate());
    }
  }

  /** Returns the alternatives of the outermost group. */
  private static List<String> alternatives(String pattern) {
    List<String> found = new ArrayList<>();
    int start = pattern.indexOf("(?:") + 3;
    int depth = 0;
    for (int i = start; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (depth == 0 && (c == '|' || c == ')')) {
        found.add(pattern.substring(start, i));
        start = i + 1;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    assertThat(found).hasSizeGreaterThan(10);
    return found;
  }

  @Test
  void whatIsNotMeteredIsOnThePageWithItsReason() throws IOException {
    Set<String> reasons = new TreeSet<>();
    for (List<String> row : ProvidersPage.read().rows("not metered")) {
      String reason = row.get(2);
      List<String> bodies = ProvidersPage.codes(row.get(1));
      for (String endpoint : ProvidersPage.codes(row.get(0))) {
        String why = bodies.isEmpty() ? unread(endpoint) : unmetered(endpoint, bodies.get(0));
        assertThat(why).as(endpoint).isEqualTo(reason);
      }
      if (bodies.isEmpty()) {
        reasons.add(reason);
      }
    }

    assertThat(reasons).containsExactlyInAnyOrderElementsOf(Endpoints.reasons());
  }

  private static String unread(String endpoint) {
    String[] request = request(endpoint);
    assertThat(Dialects.find(request[0], request[1], request[2])).as(endpoint).isNull();
    assertThat(Dialects.isFree(request[0], request[1], request[2])).as(endpoint).isFalse();
    return Dialects.whyUnmetered(request[0], request[1], request[2]);
  }

  private static String unmetered(String endpoint, String body) {
    String[] parts = endpoint.split(" ", 2);
    return String.valueOf(Dialogue.call(parts[0], parts[1], body).unmetered());
  }
}
