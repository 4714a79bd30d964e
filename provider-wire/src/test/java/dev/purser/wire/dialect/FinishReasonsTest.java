package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Calls;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.frame.EventStreamMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers say besides their cost: why the model stopped, in the words of each API. */
class FinishReasonsTest {

  private static final String CHAT = "api.openai.com/v1/chat/completions";
  private static final String ASK =
      "{'model':'m','messages':[],'contents':[],'prompt':'p'," + "'input':'i','message':'m'}";

  private static WireCall call(String url, String request) {
    return Dialogue.call("POST", url, request.replace('\'', '"'));
  }

  private static Remarks remarks(WireCall call, byte[] answer, AnswerHead head, int size) {
    Meter meter = call.meter(head, false);
    meter.remarks().keepText(1000);
    Calls.Answer unused = Calls.pass(meter, answer, size);
    return meter.remarks();
  }

  private static Remarks remarks(WireCall call, String answer, String type) {
    return remarks(
        call,
        answer.replace('\'', '"').getBytes(UTF_8),
        new AnswerHead(200, type, null),
        Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        CHAT + " | {'choices':[{'finish_reason':'stop'}]} | stop",
        CHAT + " | {'choices':[{'finish_reason':null}]} |",
        CHAT + " | {'choices':[{'finish_reason':'a b c'}]} |",
        "api.openai.com/v1/completions | {'choices':[{'finish_reason':'length'}]} | length",
        "api.anthropic.com/v1/messages | {'type':'message','stop_reason':'tool_use',"
            + "'usage':{'input_tokens':1,'output_tokens':1}} | tool_use",
        "api.anthropic.com/v1/complete | {'completion':'x','stop_reason':'stop_sequence'} |"
            + " stop_sequence",
        "api.openai.com/v1/responses | {'id':'r','status':'completed','output':[]} | completed",
        "api.openai.com/v1/responses | {'id':'r','status':'incomplete','incomplete_details':"
            + "{'reason':'max_output_tokens'},'output':[]} | max_output_tokens",
        "api.openai.com/v1/responses | {'id':'r','status':'queued','output':[]} |",
        "generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent |"
            + " {'candidates':[{'finishReason':'MAX_TOKENS'}]} | MAX_TOKENS",
        "generativelanguage.googleapis.com/v1beta/models/gemini-2.5-pro:generateContent |"
            + " {'promptFeedback':{'blockReason':'SAFETY'}} | SAFETY",
        "bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0/converse |"
            + " {'stopReason':'end_turn'} | end_turn",
        "bedrock-runtime.us-east-1.amazonaws.com/model/meta.llama3-8b-instruct-v1%3A0/invoke |"
            + " {'generation':'x','stop_reason':'length'} | length",
        "bedrock-runtime.us-east-1.amazonaws.com/model/amazon.titan-text-lite-v1/invoke |"
            + " {'results':[{'tokenCount':1,'completionReason':'FINISH'}]} | FINISH",
        "bedrock-runtime.us-east-1.amazonaws.com/model/ai21.j2-ultra-v1/invoke |"
            + " {'completions':[{'finishReason':{'reason':'endoftext'}}]} | endoftext",
        "api.cohere.com/v2/chat | {'finish_reason':'COMPLETE'} | COMPLETE",
        "localhost/api/chat | {'done':true,'done_reason':'stop'} | stop",
      })
  void eachApiSaysItInItsOwnPlace(String url, String answer, String reason) {
    Remarks said = remarks(call(url, ASK), answer, "application/json");

    assertThat(said.finishReason()).isEqualTo(reason);
    assertThat(said.errorType()).isNull();
  }

  @Test
  void ofSeveralChoicesTheWordsThatDifferAreToldInTheirOrder() {
    String answer = "{'choices':[{'finish_reason':'stop'},{'finish_reason':'length'},"
        + "{'finish_reason':'stop'}]}";

    assertThat(remarks(call(CHAT, ASK), answer, "application/json").finishReason())
        .isEqualTo("stop,length");
  }

  @Test
  void aWordThatIsTooLongIsDroppedAndSoIsWhatWouldMakeAllTooLong() {
    String word = "w".repeat(60);
    String answer = "{'choices':[{'finish_reason':'" + word + "'},{'finish_reason':'length'},"
        + "{'finish_reason':'" + "w".repeat(65) + "'},{'finish_reason':'abc'}]}";

    assertThat(remarks(call(CHAT, ASK), answer, "application/json").finishReason())
        .isEqualTo(word + ",abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        CHAT + " | {'choices':[{'index':0,'delta':{'content':'The '}}]}~{'choices':[{'index':0,"
            + "'delta':{'content':'officer'},'finish_reason':null}]}~{'choices':[{'index':0,"
            + "'delta':{},'finish_reason':'stop'}]} | stop | The officer",
        CHAT + " | {'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':"
            + "{'name':'f','arguments':'{\"a'}}]}}]}~{'choices':[{'index':0,'delta':"
            + "{'tool_calls':[{'index':0,'function':{'arguments':'\":1}'}}]},"
            + "'finish_reason':'tool_calls'}]} | tool_calls | {\"a\":1}",
        "api.anthropic.com/v1/messages | {'type':'message_start','message':{'id':'m'}}~"
            + "{'type':'content_block_delta','delta':{'type':'text_delta','text':'The '}}~"
            + "{'type':'content_block_delta','delta':{'type':'text_delta','text':'officer'}}~"
            + "{'type':'message_delta','delta':{'stop_reason':'end_turn'}} | end_turn |"
            + " The officer",
        "api.openai.com/v1/responses | {'type':'response.created','response':{'id':'r','status':"
            + "'in_progress'}}~{'type':'response.output_text.delta','delta':'The officer'}~"
            + "{'type':'response.completed','response':{'id':'r','status':'completed'}} |"
            + " completed | The officer",
      })
  void aStreamSaysItInOneOfItsEventsAndItsTextIsPutTogether(
      String url, String events, String reason, String text) {
    StringBuilder stream = new StringBuilder();
    for (String event : events.split("~", -1)) {
      // A quote that the table has itself stands inside of a string.
      stream.append("data: ").append(event.replace("\"", "\\\"")).append("\n\n");
    }
    for (int size : new int[] {1, 7, Integer.MAX_VALUE}) {
      Remarks said = remarks(
          call(url, ASK.replace("}", ",'stream':true}")),
          stream.toString().replace('\'', '"').replace("\\\"", "\\\"").getBytes(UTF_8),
          new AnswerHead(200, "text/event-stream", null),
          size);
      assertThat(said.finishReason()).isEqualTo(reason);
      assertThat(said.text()).isEqualTo(text);
    }
  }

  @Test
  void aStreamOfAwsSaysItInAMessageOfItsOwn() {
    byte[] answer = EventStreamMessage.joined(
        EventStreamMessage.event("contentBlockDelta", "{\"delta\":{\"text\":\"The officer\"}}"),
        EventStreamMessage.event("messageStop", "{\"stopReason\":\"max_tokens\"}"));
    WireCall call = call(
        "bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0/converse-stream",
        ASK);
    Remarks said =
        remarks(call, answer, new AnswerHead(200, "application/vnd.amazon.eventstream", null), 5);

    assertThat(said.finishReason()).isEqualTo("max_tokens");
    assertThat(said.text()).isEqualTo("The officer");
    assertThat(call.stream()).isTrue();
  }

  @Test
  void anErrorInPlaceOfAnAnswerIsCalledByItsName() {
    String answer = "{'type':'error','error':{'type':'overloaded_error','message':'a b'}}";

    assertThat(remarks(
                call("api.anthropic.com/v1/messages", ASK),
                "data: " + answer + "\n\n",
                "text/event-stream")
            .errorType())
        .isEqualTo("overloaded_error");
  }
}
