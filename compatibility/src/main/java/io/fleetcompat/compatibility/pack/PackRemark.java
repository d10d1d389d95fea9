package io.fleetcompat.compatibility.pack;

/**
 * A thing about a pack that is no fault, and that its author may not have meant.
 *
 * @param line in its file, from 1
 * @param words a sentence, without a full stop
 */
public record PackRemark(String file, int line, String words) {

  /** One line: {@code FILE:LINE: warning: …}. */
  @Override
  public String toString() {
    return file + ":" + line + ": warning: " + words;
  }
}
