package io.fleetcompat.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback that nobody listens on, different from each other. None is given twice to tests
 * of one JVM: a process that is dead for a while keeps its own. They lie below those that Linux
 * gives to connections by itself ({@code net.ipv4.ip_local_port_range}, from 32768 on): no
 * connection of anybody takes one before the process under test listens on it. Any thread.
 */
public final class FreePorts {

  private static final int FIRST = 12_000;
  private static final int COUNT = 20_000;

  /** Test JVMs that run side by side begin far from each other. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 331 % COUNT));

  private FreePorts() {}

  public static List<Integer> find(int count) {
    List<Integer> ports = new ArrayList<>();
    for (int tried = 0; tried < COUNT && ports.size() < count; tried++) {
      int port = FIRST + NEXT.getAndUpdate(next -> (next + 1) % COUNT);
      if (free(port)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new IllegalStateException(
          "expected %d free ports of loopback from %d to %d, found %d"
              .formatted(count, FIRST, FIRST + COUNT - 1, ports.size()));
    }
    return List.copyOf(ports);
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }
}
