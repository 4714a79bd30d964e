package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.WireCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trap 5: the reservation ignores tool fees. Each dialect states the most that a request may incur. */
class FeesHeldTest {

  private static final String CHAT = "api.openai.com/v1/chat/completions";
  private static final String ROUTER = "openrouter.ai/api/v1/chat/completions";
  private static final String CLAUDE = "api.anthropic.com/v1/messages";
  private static final String RESPONSES = "api.openai.com/v1/responses";
  private static final String GOOGLE = "generativelanguage.googleapis.com/v1beta";
  private static final String BEDROCK = "bedrock-runtime.us-east-1.amazonaws.com/model/";

  private static Prompt prompt(String url, String body) {
    return call(url, body).prompt();
  }

  private static WireCall call(String url, String body) {
    return Dialogue.call("POST", url, body.replace('\'', '"'));
  }

  private static Usage fees(UsageKind kind, long most) {
    return Usage.builder().add(kind, most).build();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {'type':'web_search_20250305','name':'web_search','max_uses':3} | 3
      {'type':'web_search_20260318','name':'web_search'}              | 10
      {'type':'web_search_20260318','name':'web_search','max_uses':0} | 0
      {'type':'web_fetch_20250910','name':'web_fetch','max_uses':3}   | 0
      {'name':'web_search','input_schema':{'type':'object'}}          | 0""")
  void anthropicsSearches(String tool, long most) {
    Prompt prompt = prompt(CLAUDE, "{'model':'m','messages':[],'tools':[" + tool + "]}");

    assertThat(prompt.fees()).isEqualTo(fees(UsageKind.WEB_SEARCH, most));
    assertThat(prompt.tools()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      'tools':[{'type':'web_search'}]                                   | WEB_SEARCH       | 10
      'tools':[{'type':'web_search_preview'}],'max_tool_calls':2        | WEB_SEARCH       | 2
      'tools':[{'type':'web_search'},{'type':'x_search'}]               | WEB_SEARCH       | 20
      'tools':[{'type':'file_search','vector_store_ids':['v']}]         | FILE_SEARCH      | 10
      'tools':[{'type':'code_interpreter','container':{'type':'auto'}}] | CODE_INTERPRETER | 1
      'tools':[{'type':'image_generation','quality':'high'}]            | PICTURE          | 1
      'tools':[{'type':'function','name':'web_search'}]                 | WEB_SEARCH       | 0
      'plugins':[{'id':'web','engine':'exa'}]                           | WEB_SEARCH       | 1""")
  void toolsOfResponses(String fields, UsageKind kind, long most) {
    assertThat(
            prompt(RESPONSES, "{'model':'gpt-5','input':'hi'," + fields + "}").fees())
        .isEqualTo(fees(kind, most));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      'model':'gpt-4o-search-preview'                                              | 1
      'model':'gpt-4o-search-preview','web_search_options':{}                      | 1
      'model':'gpt-4o','web_search_options':{'search_context_size':'low'}          | 10
      'model':'sonar','web_search_options':{'search_context_size':'low'}           | 0
      'model':'sonar-deep-research'                                                | 30
      'model':'deepseek/deepseek-chat:online'                                      | 1
      'model':'openai/gpt-5:online'                                                | 10
      'model':'deepseek/deepseek-chat','plugins':[{'id':'web','max_results':3}]    | 1
      'model':'anthropic/claude-sonnet-5','plugins':[{'id':'web'}]                 | 10
      'model':'anthropic/claude-sonnet-5','plugins':[{'id':'web','engine':'exa'}]  | 1
      'model':'x/y','plugins':[{'id':'web','engine':'native'}]                     | 10
      'model':'x/y','plugins':[{'id':'web','enabled':false},{'id':'file-parser'}]  | 0
      'model':'x/y','tools':[{'type':'openrouter:web_search'}]                     | 10
      'model':'groq/compound'                                                      | 10
      'model':'compound-mini'                                                      | 1
      'model':'openai/gpt-oss-120b','tools':[{'type':'browser_search'}]            | 10
      'model':'grok-4','search_parameters':{'mode':'auto'}                         | 20
      'model':'grok-4','search_parameters':{'mode':'on','max_search_results':5}    | 5
      'model':'grok-4','search_parameters':{'mode':'off'}                          | 0
      'model':'gpt-4o'                                                             | 0""")
  void searchesOfChatCompletions(String fields, long most) {
    Prompt prompt = prompt(ROUTER, "{'messages':[]," + fields + "}");

    assertThat(prompt.fees()).isEqualTo(fees(UsageKind.WEB_SEARCH, most));
    assertThat(prompt.tokens() >= AllowedSearches.RESULTS)
        .as("what is found is read")
        .isEqualTo(most > 0);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      gemini-2.5-flash | {'googleSearch':{}}                            | 1
      gemini-1.5-pro   | {'googleSearchRetrieval':{}}                   | 1
      gemini-3-pro     | {'google_search':{}}                           | 10
      gemini-3-pro     | {'googleMaps':{}},{'googleSearch':{}}          | 10
      gemini-3-pro     | {'codeExecution':{}}                           | 0
      gemini-3-pro     | {'functionDeclarations':[{'name':'a'},{'name':'b'}]} | 0""")
  void googlesSearchesAreBilledByThePromptOrEach(String model, String tools, long most) {
    String body = "{'contents':[],'tools':[" + tools + "]}";
    Prompt prompt = prompt(GOOGLE + "/models/" + model + ":generateContent", body);

    assertThat(prompt.fees()).isEqualTo(fees(UsageKind.WEB_SEARCH, most));
    assertThat(prompt.tools()).isEqualTo(tools.contains("functionDeclarations") ? 2 : 0);
  }

  @Test
  void soAreThoseOfInteractions() {
    Prompt prompt = prompt(
        GOOGLE + "/interactions",
        "{'model':'gemini-3-pro','input':'hi','tools':[{'type':'google_search'},"
            + "{'type':'function','name':'f'}]}");

    assertThat(prompt.fees()).isEqualTo(fees(UsageKind.WEB_SEARCH, 10));
    assertThat(prompt.tools()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {'model':'dall-e-3','prompt':'a cat'}                  | 1
      {'model':'dall-e-2','prompt':'a cat','n':4}            | 4
      {'model':'grok-imagine-image','prompt':'a cat','n':2}  | 2
      {'model':'gpt-image-1','prompt':'a cat','n':2}         | 0
      {'model':'openai/gpt-image-1-mini','prompt':'a cat'}   | 0""")
  void picturesAreHeldUnlessTheirTokensAre(String body, long pictures) {
    WireCall call = call("api.openai.com/v1/images/generations", body);

    assertThat(call.prompt().fees()).isEqualTo(fees(UsageKind.PICTURE, pictures));
  }

  @Test
  void imagenMakesFourUnlessItIsTold() {
    String url = GOOGLE + "/models/imagen-4.0-generate-001:predict";
    String two = "{'instances':[{'prompt':'a'}],'parameters':{'sampleCount':2}}";

    assertThat(prompt(url, "{'instances':[{'prompt':'a'}]}").fees())
        .isEqualTo(fees(UsageKind.PICTURE, 4));
    assertThat(prompt(url, two).fees()).isEqualTo(fees(UsageKind.PICTURE, 2));
  }

  @Test
  void speechIsHeldByItsCodePoints() {
    String url = "api.openai.com/v1/audio/speech";

    assertThat(prompt(url, "{'model':'tts-1','input':'hey \uD83D\uDE00'}").fees())
        .isEqualTo(fees(UsageKind.CHARACTER, 5));
    assertThat(prompt(url, "{'model':'gpt-4o-mini-tts','input':'hey'}").fees())
        .isEqualTo(Usage.NONE);
  }

  @Test
  void aRecordingSomewhereElseIsAsLongAsCanBe() {
    String url = "api.groq.com/openai/v1/audio/transcriptions";

    assertThat(
            prompt(url, "{'model':'whisper-large-v3','url':'https://x/a.mp3'}").fees())
        .isEqualTo(fees(UsageKind.SECOND, 12_510));
    assertThat(
            prompt(url, "{'model':'gpt-4o-transcribe','url':'https://x/a.mp3'}").fees())
        .isEqualTo(Usage.NONE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      'document':{'type':'image_url','image_url':'https://x/a.png'}                     | 1
      'document':{'type':'document_url','document_url':'https://x/a.pdf'}               | 1000
      'document':{'type':'document_url','document_url':'https://x/a.pdf'},'pages':[0,4] | 2
      'document':{'type':'document_url','document_url':'https://x/a.pdf'},'pages':'0-2,7' | 4
      'document':{'type':'document_url','document_url':'https://x/a.pdf'},'pages':'all' | 1000
      'document':{'type':'document_url','document_url':'data:application/pdf;base64,JVBERi0x'} | 1""")
  void pagesAreThoseThatAreListedOrCouldBeThere(String fields, long pages) {
    assertThat(prompt("api.mistral.ai/v1/ocr", "{'model':'mistral-ocr'," + fields + "}")
            .fees())
        .isEqualTo(fees(UsageKind.PAGE, pages));
  }

  @Test
  void aHundredShortDocumentsAreASearchAndLongOnesAreSeveral() {
    String url = "api.cohere.com/v2/rerank";
    String head = "{'model':'rerank-v3.5','query':'q','documents':[";

    assertThat(prompt(url, head + "'a'" + ",'b'".repeat(99) + "]}").fees())
        .isEqualTo(fees(UsageKind.RERANK_SEARCH, 1));
    assertThat(prompt(url, head + "'a'" + ",'b'".repeat(100) + "]}").fees())
        .isEqualTo(fees(UsageKind.RERANK_SEARCH, 2));
    String longer = "'" + "some words of a long text ".repeat(150) + "'";
    assertThat(prompt(url, head + longer + ("," + longer).repeat(39) + "]}")
            .fees()
            .count(UsageKind.RERANK_SEARCH))
        .as("40 of some 900 tokens, two to four chunks each")
        .isBetween(1L, 2L);
    assertThat(prompt(url, head + longer + ("," + longer).repeat(99) + "]}")
            .fees()
            .count(UsageKind.RERANK_SEARCH))
        .isBetween(2L, 4L);
  }

  @Test
  void openRoutersRankingByCohereIsBilledBySearches() {
    String url = "openrouter.ai/api/v1/rerank";

    assertThat(prompt(url, "{'model':'cohere/rerank-v3.5','query':'q','documents':['a']}")
            .fees())
        .isEqualTo(fees(UsageKind.RERANK_SEARCH, 1));
    assertThat(prompt(url, "{'model':'voyage/rerank-2','query':'q','documents':['a']}")
            .fees())
        .isEqualTo(Usage.NONE);
  }

  @Test
  void toolsAreToldByTheOtherDialectsToo() {
    String two = "{'toolSpec':{'name':'a'}},{'toolSpec':{'name':'b'}}";
    String function = "{'type':'function','function':{'name':'a'}}";

    assertThat(prompt(
                BEDROCK + "amazon.nova-lite-v1%3A0/converse",
                "{'messages':[],'toolConfig':{'tools':[" + two + "]}}")
            .tools())
        .isEqualTo(2);
    assertThat(prompt(
                "api.cohere.com/v2/chat",
                "{'model':'m','messages':[],'tools':[" + function + "," + function + "]}")
            .tools())
        .isEqualTo(2);
    assertThat(
            prompt("127.0.0.1/api/chat", "{'model':'m','messages':[],'tools':[" + function + "]}")
                .tools())
        .isEqualTo(1);
    assertThat(prompt(
                RESPONSES,
                "{'model':'m','input':'','tools':[{'type':'function','name':'f'}],'text':{'format':"
                    + "{'type':'json_schema','name':'n','schema':{}}}}")
            .tools())
        .isEqualTo(2);
    assertThat(prompt(CHAT, "{'model':'m','messages':[],'tools':[" + function + "]}")
            .tools())
        .isEqualTo(1);
  }
}
