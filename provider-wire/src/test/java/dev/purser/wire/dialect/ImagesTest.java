package dev.purser.wire.dialect;

import static dev.purser.api.UsageKind.INPUT;
import static dev.purser.api.UsageKind.INPUT_IMAGE;
import static dev.purser.api.UsageKind.OUTPUT_IMAGE;
import static dev.purser.api.UsageKind.PICTURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.api.Usd;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

  private static final String MAKE = "/v1/images/generations";
  private static final String DONE = Events.of("{'type':'image_generation.completed',"
      + "'b64_json':'AAAA','usage':{'input_tokens':50,'output_tokens':1056,'total_tokens':1106,"
      + "'input_tokens_details':{'text_tokens':10,'image_tokens':40}}}");

  @Test
  void theFactsOfARequestAreRead() {
    WireCall call = make("{\"model\":\"gpt-image-1\",\"prompt\":\"A cat\",\"n\":2}");

    assertThat(call.dialect().name()).isEqualTo("openai.images");
    assertThat(call.model()).isEqualTo(ModelId.of("openai", "gpt-image-1"));
    assertThat(call.choices()).isEqualTo(2);
    assertThat(call.prompt().texts()).containsExactly("A cat");
  }

  @Test
  void picturesToChangeAreInAFormOrNamed() {
    String form = part("prompt\"", "Greener")
        + part("n\"", "3")
        + part("image[]\"; filename=\"a.png\"", "PNG")
        + "--XX--\r\n";
    WireCall sent = Calls.read(
        "acme.openai.azure.com",
        "/openai/deployments/painter/images/edits",
        Map.of("content-type", "multipart/form-data; boundary=XX"),
        form.getBytes(UTF_8));
    WireCall named = Calls.read(
        "api.openai.com",
        "/v1/images/edits",
        Map.of(),
        "{\"model\":\"m\",\"images\":[{\"image_url\":\"https://example.org/a.svg\"}]}"
            .getBytes(UTF_8));

    assertThat(sent.model()).isEqualTo(ModelId.of("azure", "painter"));
    assertThat(sent.choices()).isEqualTo(3);
    assertThat(sent.prompt().media()).singleElement().satisfies(media -> {
      assertThat(media.kind()).isEqualTo(MediaKind.IMAGE);
      assertThat(media.format()).isEqualTo("png");
    });
    assertThat(named.prompt().media()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'data':[{'url':'u'},{'b64_json':'AAAA'}]}          | 2",
        "{'data':[{'url':'u'}],'usage':null}                 | 1",
        "{'data':[{'url':'u'}],'usage':{}}                   | 1"
      })
  void withoutTokensPicturesAreCounted(String answer, int pictures) {
    assertThat(pass("api.openai.com", Calls.json(), answer, 1).settlement().usage())
        .isEqualTo(Usages.of(PICTURE, pictures));
  }

  @Test
  void tokensAreOfTextAndPictures() {
    String answer = "{'data':[{'b64_json':'AAAA'}],'usage':{'input_tokens':50,'output_tokens':1056,"
        + "'input_tokens_details':{'text_tokens':10,'image_tokens':40}}}";

    assertThat(pass("api.openai.com", Calls.json(), answer, 7).settlement().usage())
        .isEqualTo(Usages.of(INPUT, 10, INPUT_IMAGE, 40, OUTPUT_IMAGE, 1056));
  }

  @Test
  void theCostThatIsStatedIsTheCharge() {
    assertThat(pass(
                "api.x.ai",
                Calls.json(),
                "{'data':[{'url':'u'}],'usage':{'cost_in_usd_ticks':200000000}}",
                7)
            .settlement()
            .statedCost())
        .isEqualTo(Usd.ofNanos(20_000_000));
  }

  @Test
  void nothingIsSettledWithoutPictures() {
    assertThat(pass("api.openai.com", Calls.json(), "{'data':[]}", 1).trouble())
        .isEqualTo(AbandonReason.NO_USAGE);
    assertThat(pass("api.openai.com", Calls.json(), "{'data':[{'b64", 1).trouble())
        .isEqualTo(AbandonReason.STREAM_CUT);
  }

  @Test
  void aStreamStatesTheTokensOfEachPicture() {
    String partial = Events.of("{'type':'image_generation.partial_image','b64_json':'AA'}");

    assertThat(pass("api.openai.com", Calls.sse(), partial + DONE + DONE, 1)
            .settlement()
            .usage())
        .isEqualTo(Usages.of(INPUT, 20, INPUT_IMAGE, 80, OUTPUT_IMAGE, 2112));
    Reading cut = pass("api.openai.com", Calls.sse(), DONE + partial, 1);
    assertThat(cut.settlement()).isNull();
    assertThat(cut.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(cut.seen().hidden()).isTrue();
    assertThat(cut.seen().stated())
        .isEqualTo(Usages.of(INPUT, 10, INPUT_IMAGE, 40, OUTPUT_IMAGE, 1056));
  }

  @ParameterizedTest
  @CsvSource({
    "low, 1024x1024, 272",
    "medium, 1536x1024, 1568",
    "high, 1024x1536, 6240",
    "auto, auto, 6240"
  })
  void sizeAndQualityDecideTheTokens(String quality, String size, long tokens) {
    assertThat(ImageTokens.of(quality, size)).isEqualTo(tokens);
  }

  private static String part(String name, String value) {
    return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\r\n\r\n" + value + "\r\n";
  }

  private static WireCall make(String body) {
    return Calls.read("api.openai.com", MAKE, Map.of(), body.getBytes(UTF_8));
  }

  private static Reading pass(String host, AnswerHead head, String answer, int size) {
    byte[] bytes = answer.replace('\'', '"').getBytes(UTF_8);
    byte[] request = "{\"model\":\"m\",\"prompt\":\"x\",\"n\":2}".getBytes(UTF_8);
    WireCall call = Calls.read(host, MAKE, Map.of(), request);
    Calls.Answer passed = Calls.pass(call.meter(head, false), bytes, size);
    assertThat(passed.seen()).isEqualTo(bytes);
    return passed.reading();
  }
}
