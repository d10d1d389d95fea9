package io.fleetcompat.cli.client;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * An API that answers as a test says, to see what a client makes of it.
 *
 * @param requests path and query, and after a space the body of those that have one
 */
public record StandInApi(HttpServer server, BlockingQueue<String> requests)
    implements AutoCloseable {

  /** The answer to one request. */
  public record Reply(int status, String body) {}

  /** One that answers everything alike. */
  public static StandInApi answering(int status, String body) throws IOException {
    return answering(_ -> new Reply(status, body));
  }

  /** One that answers by the request's path and query. */
  public static StandInApi answering(Function<String, Reply> replies) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          requests.add(
              exchange.getRequestURI()
                  + (body.length == 0 ? "" : " " + new String(body, StandardCharsets.UTF_8)));
          Reply reply = replies.apply(exchange.getRequestURI().toString());
          byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return new StandInApi(server, requests);
  }

  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
