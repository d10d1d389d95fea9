package io.fleetcompat.indexer.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The keys of a store as text, in UTF-8. Bytes that are no such text, which we never wrote, become
 * a text that no key of ours is and that stands for the same bytes: so their entry can be removed.
 */
public final class StoreKeySerde {

  /** Before the bytes in hexadecimal. No key has a control character. */
  private static final String BYTES = "\u0000bytes:";

  private StoreKeySerde() {}

  public static Serde<String> create() {
    Serializer<String> serializer = (topic, key) -> key == null ? null : bytes(key);
    Deserializer<String> deserializer = (topic, bytes) -> bytes == null ? null : text(bytes);
    return Serdes.serdeFrom(serializer, deserializer);
  }

  /** The bytes that a key of a store stands for. */
  public static byte[] bytes(String key) {
    return key.startsWith(BYTES)
        ? HexFormat.of().parseHex(key, BYTES.length(), key.length())
        : key.getBytes(StandardCharsets.UTF_8);
  }

  /** The text that stands for these bytes. */
  public static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTES) ? hexadecimal(bytes) : text;
    } catch (CharacterCodingException e) {
      return hexadecimal(bytes);
    }
  }

  private static String hexadecimal(byte[] bytes) {
    return BYTES + HexFormat.of().formatHex(bytes);
  }
}
