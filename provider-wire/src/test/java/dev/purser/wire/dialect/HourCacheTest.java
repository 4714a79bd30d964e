package dev.purser.wire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trap 5: the reservation ignores the cache-write premium. */
class HourCacheTest {

  private static boolean asked(String url, String body) {
    return Dialogue.call("POST", url, body.replace('\'', '"')).prompt().cachedForAnHour();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}}] | true
      'tools':[{'name':'f','cache_control' : { 'ttl' : '1h' , 'type':'ephemeral'}}]         | true
      'cache_control':{'type':'ephemeral','ttl':'1h'}                                       | true
      'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'5m'}}] | false
      'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}]            | false
      'system':'say \\'ttl\\':\\'1h\\''                                             | false
      'ttl':                                                                                | false
      'metadata':{'ttl':1}                                                                  | false""")
  void anHourIsAskedForByItsTtl(String fields, boolean hour) {
    String rest = fields.endsWith(":") ? fields + "'1" : fields; // cut off within the value
    String body = "{'model':'claude-sonnet-5','messages':[]," + rest;
    String whole = fields.endsWith(":") ? body + "'}" : body + "}";

    assertThat(asked("api.anthropic.com/v1/messages", whole)).isEqualTo(hour);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      openrouter.ai/api/v1/chat/completions | {'model':'anthropic/claude-sonnet-5','messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}}]}]}
      bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-opus-4-5-v1%3A0/converse | {'messages':[{'role':'user','content':[{'text':'a'},{'cachePoint':{'type':'default','ttl':'1h'}}]}]}
      bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-opus-4-5-v1%3A0/invoke | {'anthropic_version':'bedrock-2023-05-31','max_tokens':5,'messages':[],'system':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'1h'}}]}
      openrouter.ai/api/v1/responses | {'model':'anthropic/claude-sonnet-5','input':'hi','cache_control':{'type':'ephemeral','ttl':'1h'}}""")
  void whereverClaudeIsAsked(String url, String body) {
    assertThat(asked(url, body)).isTrue();
    assertThat(asked(url, body.replace("'1h'", "'5m'"))).isFalse();
  }
}
