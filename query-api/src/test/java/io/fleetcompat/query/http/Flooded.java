package io.fleetcompat.query.http;

import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * A process with the API on a small heap whom many ask much, of whom nobody reads an answer. It
 * prints what it was asked then, and answers.
 */
final class Flooded {

  private static final int CALLERS = 200;
  private static final int SMALL_WINDOW = 4096;

  private Flooded() {}

  public static void main(String[] arguments) throws Exception {
    byte[] request = request(10_000);
    try (ApiFixture api = new ApiFixture();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Socket> callers = new ArrayList<>();
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Socket caller = new Socket();
        caller.setReceiveBufferSize(SMALL_WINDOW);
        caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
        callers.add(caller);
        asked.add(threads.submit(() -> ask(caller, request)));
      }
      for (Future<?> one : asked) {
        one.get();
      }
      Await.until("all are answered or closed", () -> checks(api, "[0-9]*") == CALLERS);
      System.out.println("health " + api.get("/health/ready").statusCode());
      System.out.println("refused " + (checks(api, "429") > 0));
      for (Socket caller : callers) {
        caller.close();
      }
      System.out.println("hosts " + api.get("/v1/hosts").statusCode());
    }
  }

  private static byte[] request(int pairs) {
    String pair = "{\"source\":\"host/device\",\"destination\":\"host/device\"},";
    String body = "{\"pairs\":[" + pair.repeat(pairs - 1) + pair.replaceFirst(",$", "") + "]}";
    String head =
        "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + ("Content-Length: " + body.length() + "\r\n\r\n");
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Asks; a caller who has been closed meanwhile is one who gave way. */
  private static void ask(Socket caller, byte[] request) {
    try {
      caller.getOutputStream().write(request);
    } catch (IOException e) {
      System.out.println("one gave way");
    }
  }

  /** The requests for checks that were answered by a status, by the metrics. */
  private static long checks(ApiFixture api, String status) throws Exception {
    String route = "fleetcompat_query_request_seconds_count\\{route=\"/v1/check\",status=\"";
    return Pattern.compile("(?m)^" + route + status + "\"} (.*)$")
        .matcher(api.get("/metrics").body())
        .results()
        .mapToLong(line -> (long) Double.parseDouble(line.group(1)))
        .sum();
  }
}
