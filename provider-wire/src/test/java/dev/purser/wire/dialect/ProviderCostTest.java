package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Usd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderCostTest {

  private static final String OWN_KEY =
      "{'cost':0.00000005,'is_byok':true,'cost_details':{'upstream_inference_cost':3.6e-6}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openrouter | {'cost':0.0000036}                                  | 3600",
        "openrouter | {'cost':7.099999999999999e-05}                      | 71000",
        "openrouter | {'cost':0}                                          | 0",
        "openrouter | {'cost':null}                                       | ",
        "openrouter | {'cost':'1'}                                        | ",
        "openrouter | {'cost':-1}                                         | ",
        "openrouter | {'cost':1e300}                                      | ",
        "perplexity | {'cost':{'request_cost':0.005,'total_cost':0.0052}} | 5200000",
        "x-ai       | {'cost_in_usd_ticks':1399000}                       | 139900",
        "x-ai       | {'cost_in_usd_ticks':0}                             | 0",
        "azure      | {'cost_in_usd_ticks':1399000}                       | ",
        "azure      | {'cost':3}                                          | ",
        "groq       | {'cost':3}                                          | ",
        "           | {'cost':0.002}                                      | 2000000",
        "           | {'cost':{'total_cost':0.002}}                       | 2000000",
        "           | {'cost_in_usd_ticks':1399000}                       | 139900",
        "           | {'cost':0}                                          | ",
        "           | {'cost_in_usd_ticks':0}                             | ",
        "           | {}                                                  | "
      })
  void aCostCountsWhereItIsABill(String provider, String usage, Long nanos)
      throws JsonProcessingException {
    assertThat(of(provider, usage)).isEqualTo(nanos == null ? null : Usd.ofNanos(nanos));
  }

  @Test
  void withAKeyOfTheCallersOwnBothBillsAreSpent() throws JsonProcessingException {
    assertThat(of("openrouter", OWN_KEY)).isEqualTo(Usd.ofNanos(3650));
    assertThat(of("openrouter", "{'cost':0,'is_byok':true}")).isNull();
    assertThat(of("openrouter", OWN_KEY.replace("true", "false"))).isEqualTo(Usd.ofNanos(50));
  }

  private static Usd of(String provider, String usage) throws JsonProcessingException {
    return ProviderCost.of(provider, new ObjectMapper().readTree(usage.replace('\'', '"')));
  }
}
