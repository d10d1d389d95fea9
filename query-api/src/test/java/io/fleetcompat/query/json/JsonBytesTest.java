package io.fleetcompat.query.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBytesTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void everyStringComesBackAsItWas() throws Exception {
    for (String text :
        new String[] {"", "a", "\"\\/\b\f\n\r\t\u0000\u001f\u007f", "äöü€😀\u2028", "x\"y", "…"}) {
      byte[] json = new JsonBytes().open().name(text).string(text).close().toBytes();
      assertThat(JSON.readTree(json).path(text).textValue()).isEqualTo(text);
    }
  }

  @Test
  void instantsAreThoseOfTheStandard() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long millis = random.nextLong(253402300800000L);
      String json = new JsonBytes().time(millis).toString();
      assertThat(Instant.parse(json.substring(1, json.length() - 1)).toEpochMilli())
          .isEqualTo(millis);
    }
  }

  @Test
  void commasAreBetweenMembersAndElements() {
    JsonBytes json = new JsonBytes().open().name("a").openArray().number(1).bool(true).nothing();
    assertThat(json.closeArray().name("b").open().close().close().toString())
        .isEqualTo("{\"a\":[1,true,null],\"b\":{}}");
  }

  @Test
  void halfACharacterIsReplacedSoThatAnswersAreUtf8() throws Exception {
    byte[] json = new JsonBytes().open().name("\ud800").string("a\udc00b").close().toBytes();
    assertThat(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString())
        .isEqualTo("{\"\ufffd\":\"a\ufffdb\"}");
  }

  @Test
  void numbersAreThoseOfTheStandard() {
    for (long number :
        new long[] {0, 9, 10, 99, 100, -1, Integer.MAX_VALUE, 1L << 31, Long.MIN_VALUE}) {
      assertThat(new JsonBytes().number(number).toString()).isEqualTo(Long.toString(number));
    }
  }

  @Test
  void twoStringsAreOneWithASlashBetweenHoweverLittleRoomThereIs() throws Exception {
    for (String text : new String[] {"", "a", "ä\"/", "x".repeat(300)}) {
      byte[] json = new JsonBytes(1).openArray().string(text, text).closeArray().toBytes();
      assertThat(JSON.readTree(json).path(0).textValue()).isEqualTo(text + "/" + text);
    }
  }
}
