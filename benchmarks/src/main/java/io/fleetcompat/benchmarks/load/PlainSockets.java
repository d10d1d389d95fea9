package io.fleetcompat.benchmarks.load;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that can be done for many watchers, in a process of its own: bytes that come on a
 * control connection are written to all sockets, one after the other, by one thread.
 */
public final class PlainSockets {

  private static final byte[] BEGIN =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private PlainSockets() {}

  /** Arguments: port of the watchers, how many there will be, port of the control connection. */
  public static void main(String[] arguments) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int watchers = Integer.parseInt(arguments[1]);
    try (ServerSocket listening =
            new ServerSocket(Integer.parseInt(arguments[0]), watchers, loopback);
        ServerSocket control = new ServerSocket(Integer.parseInt(arguments[2]), 1, loopback)) {
      System.out.println("listening");
      List<OutputStream> sockets = new ArrayList<>();
      while (sockets.size() < watchers) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket.getOutputStream());
        sockets.getLast().write(BEGIN);
      }
      try (Socket driver = control.accept();
          DataInputStream frames = new DataInputStream(driver.getInputStream())) {
        while (true) {
          byte[] frame = new byte[frames.readInt()];
          frames.readFully(frame);
          for (OutputStream socket : sockets) {
            socket.write(frame);
          }
        }
      } catch (EOFException e) {
        System.out.println("done");
      }
    }
  }
}
