package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A look at the ports of a Kafka cluster before a client is made. Kafka's clients are silent for
 * half a minute where nobody listens, and take the alert of a port that speaks TLS for an answer of
 * 336 MiB: that is more memory than a process of ours has.
 *
 * @param within the longest time for all of it
 */
public record KafkaPorts(String bootstrapServers, Duration within) {

  /** The time for one server; more than one may be tried. */
  private static final Duration EACH = Duration.ofSeconds(2);

  private static final Duration WITHIN = Duration.ofSeconds(5);

  private static final String PLAINTEXT = "PLAINTEXT";

  /** First bytes of an alert: its content type, and the major version of TLS. */
  private static final byte[] TLS_ALERT = {0x15, 0x03};

  /** The request ApiVersions, version 0: Kafka answers it to everybody (Kafka protocol guide). */
  private static final short API_VERSIONS = 18;

  /** One server of the cluster. */
  private record Server(String host, int port) {

    /** Empty for what is no HOST:PORT; Kafka's clients say so better. */
    static Optional<Server> parse(String text) {
      int colon = text.lastIndexOf(':');
      try {
        return colon < 1
            ? Optional.empty()
            : Optional.of(
                new Server(
                    text.substring(0, colon).replaceAll("[\\[\\]]", ""),
                    Integer.parseInt(text.substring(colon + 1))));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  public KafkaPorts(String bootstrapServers) {
    this(bootstrapServers, WITHIN);
  }

  /**
   * Refuses a cluster of which no server can be connected to, or that speaks TLS to a client that
   * does not.
   *
   * @param kafka the settings of the client, by Kafka's names
   * @throws CommandFailure in that case
   */
  void requireAnswer(Map<String, String> kafka) {
    List<String> faults = look(kafka);
    if (!faults.isEmpty()) {
      throw CommandFailure.failed(
          "expected Kafka at %s, found none: %s"
              .formatted(bootstrapServers, String.join("; ", faults)));
    }
  }

  /**
   * Refuses a cluster that speaks TLS to a client that does not. Where nobody answers, a process
   * goes on: Kafka may come later.
   *
   * @param kafka the settings of the client, by Kafka's names
   * @throws CommandFailure in that case
   */
  public void refuseTls(Map<String, String> kafka) {
    if (isClear(kafka)) {
      look(kafka);
    }
  }

  private static boolean isClear(Map<String, String> kafka) {
    return kafka.getOrDefault("security.protocol", PLAINTEXT).strip().endsWith(PLAINTEXT);
  }

  /** The obstacle at each server; empty once one has been connected to. */
  private List<String> look(Map<String, String> kafka) {
    long end = System.nanoTime() + within.toNanos();
    List<String> faults = new ArrayList<>();
    for (String text : bootstrapServers.split(",", -1)) {
      Optional<Server> server = Server.parse(text.strip());
      if (server.isEmpty() || System.nanoTime() - end > 0) {
        return List.of();
      }
      try {
        connect(server.get(), isClear(kafka));
        return List.of();
      } catch (UnknownHostException e) {
        faults.add(server.get() + ": the name of the host is not known");
      } catch (IOException e) {
        faults.add(server.get() + ": " + e.getMessage());
      }
    }
    return faults;
  }

  private static void connect(Server server, boolean clear) throws IOException {
    IOException fault = new UnknownHostException(server.host());
    for (InetAddress address : InetAddress.getAllByName(server.host())) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, server.port()), (int) EACH.toMillis());
        if (clear && speaksTls(socket)) {
          throw CommandFailure.failed(
              ("expected Kafka without TLS at %s, since security.protocol says so, found TLS: set"
                      + " kafka.security.protocol=SSL, or SASL_SSL")
                  .formatted(server));
        }
        return;
      } catch (IOException e) {
        fault = e;
      }
    }
    throw fault;
  }

  /** Whoever says nothing, or something else, is left to Kafka's client. */
  private static boolean speaksTls(Socket socket) {
    try {
      socket.setSoTimeout((int) EACH.toMillis());
      socket.getOutputStream().write(apiVersions());
      InputStream in = socket.getInputStream();
      return Arrays.equals(in.readNBytes(TLS_ALERT.length), TLS_ALERT);
    } catch (IOException e) {
      return false;
    }
  }

  /** Its length, the kind and version of the request, a number, and the client's name. */
  private static byte[] apiVersions() {
    byte[] name = "fleetcompat".getBytes(StandardCharsets.US_ASCII);
    int length = 3 * Short.BYTES + Integer.BYTES + name.length;
    return ByteBuffer.allocate(Integer.BYTES + length)
        .putInt(length)
        .putShort(API_VERSIONS)
        .putShort((short) 0)
        .putInt(1)
        .putShort((short) name.length)
        .put(name)
        .array();
  }
}
