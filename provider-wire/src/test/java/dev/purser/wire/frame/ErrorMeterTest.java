package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Calls;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall.AnswerHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What providers call their errors. */
class ErrorMeterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // OpenAI's code says more than its type.
        "{'error':{'message':'You','type':'insufficient_quota','param':null,'code':null}} |"
            + " insufficient_quota",
        "{'error':{'message':'Slow','type':'tokens','code':'rate_limit_exceeded'}} |"
            + " rate_limit_exceeded",
        "{'type':'error','error':{'type':'rate_limit_error','message':'Slow'}} | rate_limit_error",
        "{'error':{'code':429,'message':'Slow','status':'RESOURCE_EXHAUSTED'}} |"
            + " RESOURCE_EXHAUSTED",
        "[{'error':{'code':429,'message':'Slow','status':'RESOURCE_EXHAUSTED'}}] |"
            + " RESOURCE_EXHAUSTED",
        "{'object':'error','message':'No','type':'invalid_request_error','code':null} |"
            + " invalid_request_error",
        "{'__type':'com.amazon.coral#ThrottlingException'} | com.amazon.coral#ThrottlingException",
        "{'error':{'code':429,'message':'Slow'}} |", // OpenRouter
        "{'error':'model not found'} |", // Ollama
        "{'message':'No'} |",
        "{'error':{'type':'What is a purser?'}} |", // prose, which may quote the prompt
        "{'error':{'type':'rate_lim |",
        "<html> |",
        "'' |",
      })
  void theClosestWordIsTaken(String body, String type) {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    for (int size : new int[] {1, 3, Integer.MAX_VALUE}) {
      ErrorMeter meter = new ErrorMeter(new AnswerHead(429, "application/json", null));
      Calls.Answer answer = Calls.pass(meter, bytes, size);

      assertThat(meter.remarks().errorType()).isEqualTo(type);
      assertThat(answer.reading()).isEqualTo(new Reading(true, null, null));
      assertThat(answer.seen()).isEqualTo(bytes);
    }
  }

  @Test
  void awsSaysItInAHeader() {
    ErrorMeter meter = new ErrorMeter(new AnswerHead(
        429,
        "application/json",
        null,
        name -> name.equals("x-amzn-errortype") ? "ThrottlingException:http://aws/" : null));

    assertThat(meter.errorType()).isEqualTo("ThrottlingException");
  }
}
