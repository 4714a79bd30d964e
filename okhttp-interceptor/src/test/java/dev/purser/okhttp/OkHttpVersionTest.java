package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttp;
import org.junit.jupiter.api.Test;

/** The tests run once on each supported line of OkHttp; this one notices if they do not. */
class OkHttpVersionTest {

  @Test
  void theVersionUnderTestIsTheOneTheBuildNames() throws Exception {
    // By reflection: the compiler would copy the constant from the version it compiles against.
    assertThat(OkHttp.class.getField("VERSION").get(null))
        .isEqualTo(System.getProperty("okhttp.expected"));
  }

  @Test
  void onlyOneOkHttpIsOnTheClassPath() throws Exception {
    assertThat(getClass()
            .getClassLoader()
            .getResources("okhttp3/OkHttpClient.class")
            .asIterator())
        .toIterable()
        .hasSize(1);
  }
}
