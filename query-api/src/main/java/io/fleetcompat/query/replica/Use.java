package io.fleetcompat.query.replica;

/** Whether a virtual machine has a device that exists, as its host's collector tells. */
public enum Use {
  /** It was seen that no process of the host has it open. */
  FREE("free"),
  /** A process has it open. */
  IN_USE("in-use"),
  /** Nobody tells: the collector may not look into all processes, or does not know the device. */
  UNKNOWN("unknown");

  private final String word;

  Use(String word) {
    this.word = word;
  }

  /** The word of answers. */
  public String word() {
    return word;
  }
}
