package dev.purser.wire.dialect;

import static dev.purser.api.UsageKind.CHARACTER;
import static dev.purser.api.UsageKind.INPUT;
import static dev.purser.api.UsageKind.INPUT_AUDIO;
import static dev.purser.api.UsageKind.OUTPUT;
import static dev.purser.api.UsageKind.OUTPUT_AUDIO;
import static dev.purser.api.UsageKind.SECOND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt.MediaKind;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of recordings, and speech from texts. */
class SoundTest {

  private static final String HEARD = "/v1/audio/transcriptions";
  private static final String SPOKEN = "/v1/audio/speech";

  @Test
  void theFormOfARecordingIsRead() {
    WireCall call = form("whisper-1", "true", "Names: Ada");

    assertThat(call.dialect().name()).isEqualTo("openai.audio.transcriptions");
    assertThat(call.model()).isEqualTo(ModelId.of("openai", "whisper-1"));
    assertThat(call.stream()).isTrue();
    assertThat(call.outputCap()).isEmpty();
    assertThat(call.prompt().texts()).containsExactly("Names: Ada");
    assertThat(call.prompt().media()).singleElement().satisfies(media -> {
      assertThat(media.kind()).isEqualTo(MediaKind.AUDIO);
      assertThat(media.format()).isEqualTo("wav");
      assertThat(media.bytes()).isEqualTo(4);
    });
    assertThat(call.toString()).doesNotContain("Ada");
  }

  @Test
  void anotherModelIsWrittenIntoTheForm() {
    WireCall call = form("whisper-1", "false", "whisper-1");
    byte[] edited = call.edited(new Edit("gpt-4o-transcribe", OptionalLong.empty(), false));

    assertThat(new String(edited, UTF_8))
        .isEqualTo(formText("gpt-4o-transcribe", "false", "whisper-1"));
    assertThat(call.edited(Edit.NONE))
        .isEqualTo(formText("whisper-1", "false", "whisper-1").getBytes(UTF_8));
  }

  @Test
  void aRecordingMayBeNamedInJson() {
    WireCall call = Calls.read(
        "api.groq.com",
        "/openai/v1/audio/translations",
        Map.of("content-type", "application/json"),
        "{\"model\":\"whisper-large-v3\",\"url\":\"https://example.org/a.mp3\"}".getBytes(UTF_8));

    assertThat(call.model()).isEqualTo(ModelId.of("groq", "whisper-large-v3"));
    assertThat(call.prompt().media()).hasSize(1);
  }

  @Test
  void tokensAndSecondsAreCounted() {
    assertThat(heard("{'text':'Hi','usage':{'type':'tokens','input_tokens':14,"
                + "'input_token_details':{'text_tokens':4,'audio_tokens':10},'output_tokens':5,"
                + "'total_tokens':19}}")
            .settlement()
            .usage())
        .isEqualTo(Usages.of(INPUT, 4, INPUT_AUDIO, 10, OUTPUT, 5));
    assertThat(heard("{'text':'Hi','usage':{'type':'duration','seconds':3.2}}")
            .settlement()
            .usage())
        .isEqualTo(Usages.of(SECOND, 4));
    assertThat(heard("{'text':'Hi','duration':3.7}").settlement().usage())
        .isEqualTo(Usages.of(SECOND, 4));
    assertThat(heard("{'text':'Hi','usage':{'prompt_tokens':5,'completion_tokens':20,"
                + "'total_tokens':400,'prompt_audio_seconds':3,"
                + "'prompt_tokens_details':{'audio_tokens':375}}}")
            .settlement()
            .usage())
        .isEqualTo(Usages.of(INPUT, 5, INPUT_AUDIO, 375, OUTPUT, 20));
    assertThat(heard("{'text':'Hi','usage':{'seconds':-1}}").trouble())
        .isEqualTo(AbandonReason.IMPLAUSIBLE_USAGE);
  }

  @Test
  void groqBillsTenSecondsAtLeast() {
    WireCall call = Calls.read(
        "api.groq.com", "/openai" + HEARD, Map.of(), "{\"model\":\"w\"}".getBytes(UTF_8));

    assertThat(pass(call.meter(Calls.json(), false), "{\"text\":\"Hi\",\"duration\":3.7}")
            .settlement()
            .usage())
        .isEqualTo(Usages.of(SECOND, 10));
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "text/vtt", "application/x-subrip"})
  void plainTextSaysNothingButWhatCanBeSeen(String type) {
    Meter meter = form("whisper-1", "false", "").meter(new AnswerHead(200, type, null), false);
    Reading reading = pass(meter, "1\n00:00:00,000 --> 00:00:02,000\nHello there\n");

    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    assertThat(reading.seen().visibleTokens()).isPositive();
  }

  @Test
  void eventsEndWithTheirUsage() {
    String delta = Events.of("{'type':'transcript.text.delta','delta':'Hello'}");
    String done =
        Events.of("{'type':'transcript.text.done','text':'Hello','usage':{'type':'tokens',"
            + "'input_tokens':14,'input_token_details':{'audio_tokens':14},'output_tokens':2}}");
    WireCall call = form("gpt-4o-transcribe", "true", "");

    assertThat(pass(call.meter(Calls.sse(), false), delta + done).settlement().usage())
        .isEqualTo(Usages.of(INPUT_AUDIO, 14, OUTPUT, 2));
    Reading cut = pass(call.meter(Calls.sse(), false), delta);
    assertThat(cut.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(cut.seen().visibleTokens()).isPositive();
  }

  @Test
  void speechIsBilledByTheCharactersThatAreRead() {
    WireCall call = speech("{\"model\":\"tts-1\",\"input\":\"Hé 😀\",\"voice\":\"alloy\"}");
    AnswerHead head = new AnswerHead(200, "audio/mpeg", null);

    assertThat(pass(call.meter(head, false), "ID3 and so on").settlement().usage())
        .isEqualTo(Usages.of(CHARACTER, 4));
    assertThat(pass(call.meter(head, false), "").settlement().usage())
        .isEqualTo(Usages.of(CHARACTER, 4));
    assertThat(call.meter(new AnswerHead(400, "application/json", null), false).reading())
        .isEqualTo(new Reading(true, null, null));
  }

  @Test
  void speechByTokensStatesThemInEventsOnly() {
    WireCall call = speech("{\"model\":\"gpt-4o-mini-tts\",\"input\":\"Hello\","
        + "\"instructions\":\"Softly\",\"stream_format\":\"sse\"}");
    String events = Events.of(
        "{'type':'speech.audio.delta','audio':'AAAA'}",
        "{'type':'speech.audio.done','usage':{'input_tokens':14,'output_tokens':101,"
            + "'total_tokens':115}}");

    assertThat(call.stream()).isTrue();
    assertThat(call.prompt().texts()).containsExactly("Hello", "Softly");
    assertThat(pass(call.meter(Calls.sse(), false), events).settlement().usage())
        .isEqualTo(Usages.of(INPUT, 14, OUTPUT_AUDIO, 101));
    Reading sound = pass(call.meter(new AnswerHead(200, "audio/pcm", null), false), "{sound");
    assertThat(sound.trouble()).isEqualTo(AbandonReason.NO_USAGE);
    assertThat(sound.seen().hidden()).isTrue();
  }

  private static WireCall speech(String body) {
    return Calls.read("api.openai.com", SPOKEN, Map.of(), body.getBytes(UTF_8));
  }

  private static Reading heard(String answer) {
    return pass(
        form("gpt-4o-transcribe", "false", "").meter(Calls.json(), false),
        answer.replace('\'', '"'));
  }

  private static WireCall form(String model, String stream, String prompt) {
    return Calls.read(
        "api.openai.com",
        HEARD,
        Map.of("content-type", "multipart/form-data; boundary=XX"),
        formText(model, stream, prompt).getBytes(UTF_8));
  }

  private static String formText(String model, String stream, String prompt) {
    return """
        --XX
        Content-Disposition: form-data; name="model"

        %s
        --XX
        Content-Disposition: form-data; name="stream"

        %s
        --XX
        Content-Disposition: form-data; name="prompt"

        %s
        --XX
        Content-Disposition: form-data; name="file"; filename="a.wav"

        RIFF
        --XX--
        """.formatted(model, stream, prompt).replace("\n", "\r\n");
  }

  /** Byte by byte. */
  private static Reading pass(Meter meter, String answer) {
    byte[] bytes = answer.getBytes(UTF_8);
    Calls.Answer passed = Calls.pass(meter, bytes, 1);
    assertThat(passed.seen()).isEqualTo(bytes);
    return passed.reading();
  }
}
