package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A query API in its own process, and beside it on another port the same HTTP server that answers a
 * constant: the bytes that were last PUT to it.
 */
public final class ServedReplica {

  private static final int MAX_CONSTANT_BYTES = 4 << 20;
  private static final int HISTORY = 3;
  private static final Header JSON =
      HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header NOSNIFF =
      HeaderValues.create(HeaderNames.create("X-Content-Type-Options"), "nosniff");

  private ServedReplica() {}

  /**
   * Arguments: bootstrap servers, port of the API, port of the constant, and the directory of a
   * history where there is to be one.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap-servers", arguments[0]);
    settings.put("port", arguments[1]);
    settings.put("stale-after", Stack.SILENCE_ALLOWED);
    settings.put("lost-after", Stack.SILENCE_ALLOWED);
    if (arguments.length > HISTORY) {
      settings.put("history-directory", arguments[HISTORY]);
    }
    QueryServer server = QueryServer.start(QueryConfig.parse(settings));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    startConstant(Integer.parseInt(arguments[2]));
    Thread.currentThread().join();
  }

  static void startConstant(int port) {
    AtomicReference<byte[]> constant = new AtomicReference<>(new byte[] {'{', '}'});
    WebServer.builder()
        .host("127.0.0.1")
        .port(port)
        .shutdownHook(false)
        .maxPayloadSize(MAX_CONSTANT_BYTES)
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build()) // as in the API
        .addProtocol(Http1Config.builder().validatePrologue(false).build()) // likewise
        .routing(
            routing ->
                routing
                    .get(
                        "/constant",
                        (request, response) ->
                            response.header(JSON).header(NOSNIFF).send(constant.get()))
                    .put(
                        "/constant",
                        (request, response) -> {
                          try (InputStream in = request.content().inputStream()) {
                            constant.set(in.readAllBytes());
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                          response.send();
                        }))
        .build()
        .start();
  }
}
