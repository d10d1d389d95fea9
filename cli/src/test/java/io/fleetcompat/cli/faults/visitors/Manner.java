package io.fleetcompat.cli.faults.visitors;

import java.io.IOException;
import java.net.Socket;

/** A way to use a connection; returns, or throws, when that has ended. Any thread. */
@FunctionalInterface
public interface Manner {

  void use(Socket socket) throws IOException;

  /** Says this again and again, and takes no answer. */
  static Manner askAndReadNothing(byte[] request) {
    return socket -> {
      while (true) {
        socket.getOutputStream().write(request);
      }
    };
  }

  /** Says this, and waits for the other side to end. */
  static Manner sayAndWait(byte[] said) {
    return socket -> {
      socket.getOutputStream().write(said);
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    };
  }

  /** Says this, and goes without waiting for an answer. */
  static Manner sayAndGo(byte[] said) {
    return socket -> {
      socket.setSoLinger(true, 0); // a reset
      socket.getOutputStream().write(said);
    };
  }
}
