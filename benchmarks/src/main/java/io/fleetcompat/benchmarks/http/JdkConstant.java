package io.fleetcompat.benchmarks.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The JDK's own server, with virtual threads: the baseline that needs no dependency. */
final class JdkConstant {

  private JdkConstant() {}

  static void start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/constant",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, ConstantAnswer.JSON.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(ConstantAnswer.JSON);
          }
        });
    server.start();
  }
}
