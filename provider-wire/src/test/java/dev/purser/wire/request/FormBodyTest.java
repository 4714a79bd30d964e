package dev.purser.wire.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormBodyTest {

  private static final String TYPE = "multipart/form-data; boundary=XX";
  private static final String FORM = """
      --XX
      Content-Disposition: form-data; name="model"

      whisper-1
      --XX
      Content-Type: audio/wav
      content-disposition: form-data; name="file"; filename="a b.wav"

      RIFF
      --X
      more
      --XX
      Content-Disposition: form-data; name=stream

      True
      --XX
      Content-Disposition: form-data; name="prompt"


      --XX--
      """.replace("\n", "\r\n");

  @Test
  void valuesAndFilesAreFoundWhereTheyLie() {
    FormBody form = read(FORM);

    assertThat(form.text("model")).isEqualTo("whisper-1");
    assertThat(form.isTrue("stream")).isTrue();
    assertThat(form.text("prompt")).isEmpty();
    assertThat(form.text("language")).isNull();
    assertThat(form.count("n")).isEqualTo(1);
    assertThat(form.parts()).hasSize(4);
    assertThat(form.parts().get(1).fileName()).isEqualTo("a b.wav");
    assertThat(form.parts().get(1).length()).isEqualTo("RIFF\r\n--X\r\nmore".length());
  }

  @Test
  void anotherModelIsWrittenAndEveryOtherByteStays() {
    byte[] bytes = FORM.getBytes(UTF_8);
    FormBody form = FormBody.read(bytes, TYPE);

    assertThat(new String(form.with("model", "gpt-4o-mini-transcribe"), UTF_8))
        .isEqualTo(FORM.replace("whisper-1", "gpt-4o-mini-transcribe"));
    assertThat(form.with("model", null)).isSameAs(bytes);
    assertThat(form.with("size", "9")).isSameAs(bytes);
  }

  @Test
  void whatStandsBeforeTheFirstBorderIsPassedOver() {
    assertThat(read("preamble\r\n" + FORM).text("model")).isEqualTo("whisper-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/form-data; boundary=XX                     | true",
        "multipart/form-data; boundary=\"XX\"                 | true",
        "Multipart/Form-Data;charset=utf-8; Boundary=XX       | true",
        "multipart/form-data                                  | false",
        "multipart/mixed; boundary=XX                         | false",
        "application/json                                     | false",
        "                                                     | true"
      })
  void theBoundaryIsInTheContentType(String type, boolean is) {
    assertThat(FormBody.is(FORM.getBytes(UTF_8), type)).isEqualTo(is);
    assertThat(FormBody.read(FORM.getBytes(UTF_8), type) != null).isEqualTo(is);
  }

  @Test
  void whereNobodyKnowsTheTypeTheFirstLineSaysTheBoundary() {
    assertThat(FormBody.read(FORM.getBytes(UTF_8), null).text("model")).isEqualTo("whisper-1");
    assertThat(FormBody.is("{}".getBytes(UTF_8), null)).isFalse();
    assertThat(FormBody.is("--\r\n".getBytes(UTF_8), null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--XX",
        "--XX\r\n",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n--XX--",
        "{\"model\":\"m\"}"
      })
  void whatHasNoEndIsNoForm(String body) {
    assertThat(FormBody.read(body.getBytes(UTF_8), TYPE)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "' 4 ', 4", "0, 1", "-2, 1", "x, 1", "99999999999, 1"})
  void anOddCountIsOne(String text, int count) {
    FormBody form =
        read("--XX\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n" + text + "\r\n--XX--");

    assertThat(form.count("n")).isEqualTo(count);
  }

  @Test
  void itIsNeverPrinted() {
    assertThat(read(FORM).toString()).isEqualTo("form of 4 parts, " + FORM.length() + " bytes");
  }

  private static FormBody read(String form) {
    return FormBody.read(form.getBytes(UTF_8), TYPE);
  }
}
