package io.fleetcompat.cli.up;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A look whether a port is free, before anything is started. */
final class FreePort {

  private FreePort() {}

  /**
   * @param what who needs it
   * @param option how to choose another
   */
  static void require(String host, int port, String what, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw CommandFailure.failed(
          "expected port %d on %s to be one that %s can listen on (%s): choose another with %s"
              .formatted(port, host, what, e.getMessage(), option));
    }
  }
}
