package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one kind of key: its spelling in UTF-8. Decoding treats them as hostile. Immutable;
 * any number of threads.
 *
 * @param <K> key; its {@code toString} is its spelling
 */
public final class KeyCodec<K> {

  private final String expected;
  private final Function<String, Optional<K>> parser;

  /**
   * @param expected what a key is, for messages
   * @param parser of the one spelling of a key; gives empty for every other text
   */
  KeyCodec(String expected, Function<String, Optional<K>> parser) {
    this.expected = expected;
    this.parser = parser;
  }

  /** The key as bytes, which {@link #decode} turns back into an equal key. */
  public byte[] encode(K key) {
    return key.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The key in these bytes.
   *
   * @throws BadRecordException whatever is wrong with them; nothing else is ever thrown
   */
  public K decode(byte @Nullable [] bytes) throws BadRecordException {
    if (bytes == null) {
      throw bad("none");
    }
    return parse(text(bytes));
  }

  /**
   * The key that is spelled so.
   *
   * @throws BadRecordException if none is
   */
  public K parse(String text) throws BadRecordException {
    return parser.apply(text).orElseThrow(() -> bad(Quoted.of(text)));
  }

  private String text(byte[] bytes) throws BadRecordException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw bad(bytes.length + " bytes that are not UTF-8");
    }
  }

  private BadRecordException bad(String found) {
    return new BadRecordException(Code.INVALID, expected, found);
  }
}
