package io.fleetcompat.benchmarks.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Starts one of the servers with a constant JSON answer of 200 bytes, and waits to be killed. */
public final class ConstantAnswer {

  /** The answer. */
  static final byte[] JSON =
      ("{\"constant\":\"" + "x".repeat(200 - 15) + "\"}").getBytes(StandardCharsets.US_ASCII);

  private ConstantAnswer() {}

  private enum Server {
    HELIDON,
    NETTY,
    VERTX,
    JDK
  }

  /** Arguments: the server, and the port on loopback. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = Integer.parseInt(arguments[1]);
    switch (Server.valueOf(arguments[0].toUpperCase(Locale.ROOT))) {
      case HELIDON -> HelidonConstant.start(port);
      case NETTY -> NettyConstant.start(port);
      case VERTX -> VertxConstant.start(port);
      case JDK -> JdkConstant.start(port);
    }
    Thread.currentThread().join();
  }
}
