package io.fleetcompat.benchmarks.json;

import io.fleetcompat.query.json.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Samples of answers as the API sends them, before they are JSON. */
final class SampleAnswers {

  static final long REVISION = 1_234_567;
  static final long AS_OF = 1_795_000_000_123L;

  private static final long SEED = 20261125;
  private static final int PROFILES_APART = 100;

  private final Random random = new Random(SEED);

  /** A host, and when it was last seen. */
  record Seen(String host, long at) {}

  /** A value that must be set at the destination. */
  record Burden(String attribute, String value) {}

  /** The verdict of two profiles, with the parts of it that are kept as JSON. */
  @SuppressWarnings("ArrayRecordComponent") // never changed
  record Pair(
      String fingerprint, byte[] reasons, List<Burden> obligations, byte[] warnings, byte[] rank) {}

  /** The answer to a check. */
  record Check(String source, String destination, Pair pair, Seen from, Seen to) {}

  /** One destination of a page. */
  record Destination(Seen host, String endpoint, int capacity, Pair pair) {}

  List<Check> checks(int count) {
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Seen from = seen();
      Seen to = seen();
      checks.add(
          new Check(from.host + "/" + device(), to.host + "/" + device(), pair(i % 64), from, to));
    }
    return checks;
  }

  List<Destination> page(int count) {
    List<Destination> page = new ArrayList<>();
    Pair pair = pair(0);
    for (int i = 0; i < count; i++) {
      if (i % PROFILES_APART == 0) {
        pair = pair(i / PROFILES_APART);
      }
      page.add(new Destination(seen(), device(), random.nextInt(16), pair));
    }
    return page;
  }

  private static Pair pair(int n) {
    JsonBytes rank = new JsonBytes().open().name("minorDistance").number(n % 3);
    rank.name("bugfixLower").bool(false).name("bugfixDistance").number(0);
    return new Pair(
        "%032x".formatted(n + 12_345_678_901L),
        "[]".getBytes(StandardCharsets.UTF_8),
        n % 4 == 0 ? List.of(new Burden("aggregator", "2")) : List.of(),
        "[]".getBytes(StandardCharsets.UTF_8),
        rank.name("burdens").number(0).close().toBytes());
  }

  private Seen seen() {
    String host = "host-%06d.example".formatted(random.nextInt(100_000));
    return new Seen(host, AS_OF - random.nextInt(100_000));
  }

  private String device() {
    return "%08x-0000-4000-8000-%012x".formatted(random.nextInt(), random.nextInt(1 << 30));
  }
}
