package io.fleetcompat.benchmarks.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;

/** JSON that was written before, in the only form in which Jackson copies bytes as they are. */
@SuppressWarnings("ArrayRecordComponent") // never changed
record Fragment(byte[] json) implements SerializableString {

  @Override
  public String getValue() {
    return new String(json, StandardCharsets.UTF_8);
  }

  @Override
  public int charLength() {
    return json.length;
  }

  @Override
  public byte[] asUnquotedUTF8() {
    return json;
  }

  @Override
  public int appendUnquotedUTF8(byte[] buffer, int offset) {
    if (offset + json.length > buffer.length) {
      return -1;
    }
    System.arraycopy(json, 0, buffer, offset, json.length);
    return json.length;
  }

  @Override
  public int writeUnquotedUTF8(OutputStream out) throws IOException {
    out.write(json);
    return json.length;
  }

  @Override
  public char[] asQuotedChars() {
    throw notQuoted();
  }

  @Override
  public byte[] asQuotedUTF8() {
    throw notQuoted();
  }

  @Override
  public int appendQuotedUTF8(byte[] buffer, int offset) {
    throw notQuoted();
  }

  @Override
  public int appendQuoted(char[] buffer, int offset) {
    throw notQuoted();
  }

  @Override
  public int appendUnquoted(char[] buffer, int offset) {
    throw notQuoted();
  }

  @Override
  public int writeQuotedUTF8(OutputStream out) {
    throw notQuoted();
  }

  @Override
  public int putQuotedUTF8(ByteBuffer buffer) {
    throw notQuoted();
  }

  @Override
  public int putUnquotedUTF8(ByteBuffer buffer) {
    throw notQuoted();
  }

  private static UnsupportedOperationException notQuoted() {
    return new UnsupportedOperationException("a fragment is JSON, and goes out as bytes alone");
  }
}
