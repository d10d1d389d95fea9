package io.fleetcompat.cli.faults.visitors;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The first bytes of clients that have taken a port for one that speaks another protocol. */
public final class Foreign {

  private Foreign() {}

  /** A TLS client's hello, as Java's own sends it. */
  public static byte[] tlsHello() throws NoSuchAlgorithmException, SSLException {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("fleetcompat.example", 443);
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    hello.flip();
    byte[] bytes = new byte[hello.remaining()];
    hello.get(bytes);
    return bytes;
  }

  /** The first words of a client of HTTP/2. */
  public static byte[] http2Preface() {
    return Questions.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
  }

  /** A request of Kafka's that is to be as long as a request can say that it is. */
  public static byte[] endlessKafkaRequest() {
    return ByteBuffer.allocate(4 + 8)
        .putInt(Integer.MAX_VALUE)
        .putLong(0x12_0003_0000_0001L)
        .array();
  }

  /** A request for the versions that Kafka speaks, of a version that nobody speaks. */
  public static byte[] kafkaRequest() {
    ByteBuffer request = ByteBuffer.allocate(4 + 10);
    request
        .putInt(10)
        .putShort((short) 18)
        .putShort(Short.MAX_VALUE)
        .putInt(1)
        .putShort((short) -1);
    return request.array();
  }
}
