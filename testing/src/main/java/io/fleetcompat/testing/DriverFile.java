package io.fleetcompat.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of a {@link FuseTree} with a driver behind it: it gives a string, and answers each write
 * as it was told to. What was written is kept. Any thread.
 */
public final class DriverFile {

  /** The answer to a write. */
  sealed interface Answer {
    /** The bytes are taken, or so many of them. */
    record Take(int most) implements Answer {}

    record Refuse(int errno) implements Answer {}

    record Hang() implements Answer {}
  }

  private final List<String> writes = new ArrayList<>();
  private String text;
  private Answer answer = new Answer.Take(Integer.MAX_VALUE);
  private boolean hangsReading;
  private boolean vanishes;
  private int openErrno;
  private boolean gone;

  DriverFile(String text) {
    this.text = text;
  }

  /** From now on it gives another string. */
  public synchronized DriverFile gives(String other) {
    text = other;
    return this;
  }

  /** It takes every string; so it begins. */
  public synchronized DriverFile takes() {
    answer = new Answer.Take(Integer.MAX_VALUE);
    return this;
  }

  /** It takes no more than so many bytes of a string. */
  public synchronized DriverFile takes(int bytes) {
    answer = new Answer.Take(bytes);
    return this;
  }

  /** It refuses every string with that error. */
  public synchronized DriverFile refuses(int errno) {
    answer = new Answer.Refuse(errno);
    return this;
  }

  /** It does not answer writes until the tree is closed. */
  public synchronized DriverFile hangs() {
    answer = new Answer.Hang();
    return this;
  }

  /** It does not answer reads until the tree is closed. */
  public synchronized DriverFile hangsReading() {
    hangsReading = true;
    return this;
  }

  /** It cannot be opened for writing. */
  public synchronized DriverFile cannotBeOpenedToWrite(int errno) {
    openErrno = errno;
    return this;
  }

  /** It is gone once it was written to, which fails with that error. */
  public synchronized DriverFile vanishesWith(int errno) {
    answer = new Answer.Refuse(errno);
    vanishes = true;
    return this;
  }

  /** The strings that were written, each as one write brought it, in order. */
  public synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  synchronized byte[] read() {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  synchronized boolean isReadable() {
    return !hangsReading;
  }

  synchronized boolean isGone() {
    return gone;
  }

  synchronized int openErrno() {
    return openErrno;
  }

  synchronized Answer write(byte[] bytes) {
    writes.add(new String(bytes, StandardCharsets.UTF_8));
    gone = vanishes;
    return answer;
  }
}
