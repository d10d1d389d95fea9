package io.fleetcompat.cli.faults.visitors;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** All who visit a stage, and what those who have left have found. One thread. */
public final class Visitors implements AutoCloseable {

  private final Deque<Visitor> present = new ArrayDeque<>();
  private final List<String> findings = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  public void add(Visitor visitor) {
    present.push(visitor);
  }

  /** Sends all away, the last one first: who came to watch sees the others go. */
  public void leave() {
    while (!present.isEmpty()) {
      Visitor visitor = present.pop();
      visitor.close();
      findings.addAll(visitor.findings());
      seen.addFirst(visitor.seen());
    }
  }

  /** Forgets those who have left. */
  public void forget() {
    findings.clear();
    seen.clear();
  }

  /** The things that must not be. */
  public List<String> findings() {
    return List.copyOf(findings);
  }

  /** The words of each, in the order in which they came. */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    leave();
  }
}
