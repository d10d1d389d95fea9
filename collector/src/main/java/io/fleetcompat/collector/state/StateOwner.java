package io.fleetcompat.collector.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The owner of state files: a host on a machine. A file that another machine or host wrote (a
 * cloned disk) is not believed.
 */
final class StateOwner {

  private static final Path MACHINE_ID = Path.of("/etc/machine-id");
  private static final int MAX_BYTES = 4096;

  private StateOwner() {}

  /** The host's name where it can be a file's; else its hexadecimal bytes' start. */
  static String fileName(String host) {
    if (host.length() <= 200 && host.matches("[A-Za-z0-9._-]+")) {
      return host;
    }
    return "x" + UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of {@code /etc/machine-id}; empty where nothing is known. */
  static String machineId() {
    try {
      return new StateFile(MACHINE_ID, StandardCharsets.ISO_8859_1, MAX_BYTES).read().strip();
    } catch (IOException e) {
      return "";
    }
  }
}
