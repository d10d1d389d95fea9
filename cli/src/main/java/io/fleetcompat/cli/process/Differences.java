package io.fleetcompat.cli.process;

import io.fleetcompat.settings.ShownValue;
import java.util.ArrayList;
import java.util.List;

/** The differences that a comparison has found: how many, and the first of them in words. */
final class Differences {

  /** Most that are told in words. */
  static final int MOST = 50;

  private static final int MAX_SHOWN = 400;

  private final List<String> first = new ArrayList<>();
  private long count;

  void add(String topic, String what) {
    count++;
    if (first.size() < MOST) {
      first.add(topic + ": " + ShownValue.bounded(what, MAX_SHOWN));
    }
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }
}
