package io.fleetcompat.cli.faults;

import java.io.IOException;
import java.util.List;

/** A process of the stage, to which things happen. One thread. */
interface Part extends AutoCloseable {

  String name();

  /** Its id, as long as it lives. */
  long pid();

  /** SIGKILL; returns when it is dead. */
  void kill() throws InterruptedException;

  /** SIGTERM; returns when it has ended. */
  void stop() throws IOException, InterruptedException;

  void start() throws IOException, InterruptedException;

  /** The bytes that it has logged so far, over all its starts. */
  long logBytes() throws IOException;

  /** The same. */
  String log() throws IOException;

  /** Sends a signal. */
  default void signal(String signal) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + signal, String.valueOf(pid()));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("expected " + name() + " to live, found none to send " + signal);
    }
  }

  @Override
  void close();
}
