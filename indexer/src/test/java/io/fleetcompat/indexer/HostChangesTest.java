package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.DriverFact;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.HostExtent;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.schemas.avro.Rejected;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes of hosts: for each cause the record that tells of it. */
class HostChangesTest {

  private static final String OLD = profile("1.2.0");
  private static final String NEW = profile("1.3.0");
  private static final String TYPE_0 = "0000:00:02.0/i915-GVTg_V5_4";
  private static final String TYPE_1 = "0000:00:02.1/i915-GVTg_V5_4";

  private static final Set<ChangeKey.Kind> BY_HOST =
      EnumSet.of(ChangeKey.Kind.HISTORY, ChangeKey.Kind.HOST, ChangeKey.Kind.CAPACITY);

  @TempDir Path directory;

  private static String profile(String version) {
    return Profile.of(types(version).getFirst()).fingerprint().toString().substring(0, 4);
  }

  /** The changes of hosts that came since this was last called. */
  private static List<String> told(Driver driver) {
    driver.settle(Duration.ZERO);
    List<String> words =
        ChangeWords.of(
            driver.changes.stream().filter(change -> BY_HOST.contains(change.key.kind())).toList());
    driver.changes.clear();
    return words;
  }

  /** A document of host a, edited. */
  private static byte[] a(long sequence, Consumer<HostInventory> edit, String... versions) {
    return a(sequence, edit, types(versions));
  }

  private static byte[] a(long sequence, Consumer<HostInventory> edit, List<Endpoint> endpoints) {
    try {
      HostInventory document = Codecs.HOST_INVENTORY.decode(document("a", 1, sequence, endpoints));
      edit.accept(document);
      return Codecs.HOST_INVENTORY.encode(document);
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] a(long sequence, String... versions) {
    return a(sequence, document -> {}, versions);
  }

  @Test
  void aHostAppearsGoesThroughAnUpgradeAndIsForgotten() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, "1.2.0", "1.2.0"));
      assertThat(told(driver))
          .containsExactly(
              "history/0 [HISTORY_BEGAN] in [] new",
              "host/a [HOST_APPEARED] {none>%s 0+2 %s,%s} in [p1] by 1:1 scan new"
                  .formatted(OLD, TYPE_0, TYPE_1));
      driver.document("a", a(2, "1.2.0", "1.2.0"));
      assertThat(told(driver)).as("a document that changes nothing").isEmpty();
      driver.document("a", a(3, "1.3.0", "1.2.0"));
      assertThat(told(driver))
          .containsExactly(
              "host/a [DRIVER_UPGRADE, ATTRIBUTE_CHANGED] {%s>%s 0+1 %s software_version=1.2.0>1.3.0} in [p1] by 1:3 scan"
                  .formatted(OLD, NEW, TYPE_0));
      driver.document("a", a(4, "1.2.0"));
      assertThat(told(driver))
          .containsExactly(
              "host/a [DRIVER_UPGRADE, TYPE_WITHDRAWN, ATTRIBUTE_CHANGED] {%s>%s 0+1 %s software_version=1.3.0>1.2.0} {%s>none 0+1 %s} in [p1] by 1:4 scan"
                  .formatted(NEW, OLD, TYPE_0, OLD, TYPE_1));
      driver.document("a", a(4, "1.2.0")).document("a", a(3, "1.3.0"));
      assertThat(told(driver)).as("documents that are not newer").isEmpty();
      driver.document("a", a(4, "1.3.0")).document("a", a(4, "1.3.0"));
      assertThat(told(driver))
          .as("another document with the version")
          .containsExactly(
              "host/a [HOST_STALE, HOST_FINDING] findings=null>conflicting-documents"
                  + " liveness=FRESH>STALE in [p1]");
      driver.document("a", a(5, "1.2.0", "1.2.0"));
      assertThat(told(driver))
          .containsExactly(
              "host/a [HOST_BACK, TYPE_OFFERED, HOST_FINDING] findings=conflicting-documents>null"
                  + " liveness=STALE>FRESH {none>%s 0+1 %s} in [p1] by 1:5 scan"
                      .formatted(OLD, TYPE_1));
      driver.document("a", null);
      assertThat(told(driver))
          .containsExactly(
              "host/a [HOST_FORGOTTEN] {%s>none 0+2 %s,%s} in [p1]".formatted(OLD, TYPE_0, TYPE_1));
      driver.document("a", null);
      assertThat(told(driver)).as("a host that is not there").isEmpty();
    }
  }

  @Test
  void liveness() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, "1.2.0"));
      told(driver);
      driver.settle(Driver.STALE_AFTER.plusSeconds(5));
      assertThat(told(driver)).containsExactly("host/a [HOST_STALE] liveness=FRESH>STALE in [p1]");
      driver.settle(Driver.LOST_AFTER);
      assertThat(told(driver)).containsExactly("host/a [HOST_LOST] liveness=STALE>LOST in [p1]");
      driver.heartbeat("a", heartbeat("a", 1, 1));
      assertThat(told(driver)).containsExactly("host/a [HOST_BACK] liveness=LOST>FRESH in [p1]");
      driver.settle(Driver.STALE_AFTER.plusSeconds(5));
      told(driver);
      driver.document("a", a(2, "1.2.0"));
      assertThat(told(driver))
          .as("back by a document that changes nothing else")
          .containsExactly("host/a [HOST_BACK] liveness=STALE>FRESH in [p1] by 1:2 scan");
    }
  }

  @Test
  void capacity() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, "1.2.0"));
      told(driver);
      driver.heartbeat("a", heartbeat("a", 1, 1)).heartbeat("a", heartbeat("a", 1, 1));
      assertThat(told(driver)).as("the first counts as having always been so").isEmpty();
      driver.heartbeat("a", capacity(1, Map.of(TYPE_0, 2, TYPE_1, 7)));
      assertThat(told(driver))
          .containsExactly(
              "capacity/a [CAPACITY_CHANGED] %s=3>2 %s=null>7 in [p1]".formatted(TYPE_0, TYPE_1));
      driver.heartbeat("a", capacity(2, Map.of(TYPE_0, 2)));
      assertThat(told(driver))
          .as("of a document that is still to come")
          .containsExactly("capacity/a [CAPACITY_CHANGED] %s=7>null in [p1]".formatted(TYPE_1));
      driver.heartbeat("a", null).heartbeat("a", null);
      assertThat(told(driver))
          .containsExactly("capacity/a [CAPACITY_CHANGED] %s=2>null in [p1]".formatted(TYPE_0));
      driver.heartbeat("a", heartbeat("a", 1, 1)).document("a", null);
      assertThat(told(driver))
          .contains("capacity/a [CAPACITY_CHANGED] %s=3>null in [p1]".formatted(TYPE_0));
    }
  }

  private static byte[] capacity(long sequence, Map<String, Integer> capacity) {
    try {
      var heartbeat = Codecs.HOST_CAPACITY.decode(heartbeat("a", 1, sequence));
      heartbeat.put("capacity", capacity);
      return Codecs.HOST_CAPACITY.encode(heartbeat);
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void software() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, software("6.1.0", "1.0", "aa", Map.of("rack.x", "1")), "1.2.0"));
      told(driver);
      driver.document(
          "a",
          a(
              2,
              software(
                  "6.2.0", "1.1", "bb", Map.of("rack.x", "2", "nvidia.vgpu_manager_version", "1")),
              "1.2.0"));
      assertThat(told(driver))
          .containsExactly(
              "host/a [DRIVER_UPGRADE, FACT_CHANGED] driver/i915=1.0 (srcversion aa)>1.1"
                  + " (srcversion bb) fact/nvidia.vgpu_manager_version=null>1 fact/rack.x=1>2"
                  + " kernel=6.1.0>6.2.0 in [p1] by 1:2 scan");
      driver.document(
          "a",
          a(
              3,
              software(
                  "6.2.0", "1.1", "cc", Map.of("rack.x", "2", "nvidia.vgpu_manager_version", "2")),
              "1.2.0"));
      assertThat(told(driver))
          .as("another build of the same version, and a fact that is a version")
          .containsExactly(
              "host/a [DRIVER_UPGRADE] driver/i915=1.1 (srcversion bb)>1.1 (srcversion cc)"
                  + " fact/nvidia.vgpu_manager_version=1>2 in [p1] by 1:3 scan");
      driver.document("a", a(4, document -> document.put("kernel", null), "1.2.0"));
      assertThat(told(driver))
          .as("a driver that holds nothing any more, a kernel that could not be read")
          .containsExactly(
              "host/a [FACT_CHANGED, READING_CHANGED] fact/nvidia.vgpu_manager_version=2>null"
                  + " fact/rack.x=2>null kernel=6.2.0>null in [p1] by 1:4 scan");
    }
  }

  private static Consumer<HostInventory> software(
      String kernel, String version, String source, Map<String, String> facts) {
    return document -> {
      document.put("kernel", kernel);
      document.put("drivers", List.of(new DriverFact("i915", version, source)));
      document.put("facts", facts);
    };
  }

  @Test
  void labelsAndPools() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, "1.2.0"));
      told(driver);
      driver.document("a", labelled(2, Map.of("pool", "x", "zone", "z")));
      assertThat(told(driver))
          .containsExactly(
              "host/a [POOL_CHANGED, LABEL_CHANGED] label/zone=null>z pool=p1>x in [p1, x] by 1:2"
                  + " scan");
      driver.document("a", labelled(3, Map.of("pool", "y", "zone", "z")));
      assertThat(told(driver))
          .containsExactly("host/a [POOL_CHANGED] pool=x>y in [x, y] by 1:3 scan");
      driver.document("a", labelled(4, Map.of("zone", "z")));
      assertThat(told(driver))
          .containsExactly("host/a [POOL_CHANGED] pool=y>null in [y] by 1:4 scan");
      driver.document("a", labelled(5, Map.of("zone", "z", "pool", "")));
      assertThat(told(driver))
          .containsExactly("host/a [LABEL_CHANGED] label/pool=null> in [] by 1:5 scan");
    }
  }

  @Test
  void aRenamingIsToldOnceHoweverOftenItIsSaid() {
    Path copy = directory.resolve("copy");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      driver.document("a", a(1, formerly("z", 7), "1.2.0"));
      assertThat(told(driver))
          .contains(
              "host/a [HOST_APPEARED, HOST_RENAMED] host=z>a {none>%s 0+1 %s} in [p1] by 1:1 scan new"
                  .formatted(OLD, TYPE_0));
      driver.document("a", a(2, formerly("z", 7), "1.2.0"));
      driver.document("a", a(3, "1.2.0"));
      assertThat(told(driver)).as("said again, and no more").isEmpty();
      driver.document("a", a(4, formerly("z", 7), "1.3.0"));
      assertThat(told(driver))
          .as("said again after it was not said")
          .containsExactly(
              "host/a [DRIVER_UPGRADE, ATTRIBUTE_CHANGED] {%s>%s 0+1 %s software_version=1.2.0>1.3.0} in [p1] by 1:4 scan"
                  .formatted(OLD, NEW, TYPE_0));
      driver.settle(Driver.STALE_AFTER.plusSeconds(5));
      told(driver);
      driver.crash(copy);
    }
    try (Driver driver = new Driver(copy)) {
      driver.document("a", a(5, formerly("z", 7), "1.3.0"));
      assertThat(told(driver))
          .as("after a silence it is no other renaming")
          .containsExactly("host/a [HOST_BACK] liveness=STALE>FRESH in [p1] by 1:5 scan");
      driver.document("a", a(6, formerly("z", 8), "1.3.0"));
      assertThat(told(driver))
          .as("it had the old name again in between")
          .containsExactly("host/a [HOST_RENAMED] host=z>a in [p1] by 1:6 scan");
      driver.document("a", a(7, formerly("y", 8), "1.3.0"));
      assertThat(told(driver))
          .containsExactly("host/a [HOST_RENAMED] host=y>a in [p1] by 1:7 scan");
      driver.document("a", null);
      told(driver);
      driver.document("a", a(8, formerly("y", 8), "1.3.0"));
      assertThat(told(driver))
          .as("a host that was forgotten is new")
          .contains(
              "host/a [HOST_APPEARED, HOST_RENAMED] host=y>a {none>%s 0+1 %s} in [p1] by 1:8 scan new"
                  .formatted(NEW, TYPE_0));
    }
  }

  @Test
  void aFormerNameDecidesNothingAboutTheHostThatHasIt() {
    try (Driver driver = new Driver(directory)) {
      driver.document("b", document("b", 1, 1, types("1.2.0")));
      driver.document("a", a(1, "1.2.0"));
      Placement named = driver.published.placement("b");
      told(driver);
      driver.document("a", a(2, formerly("b", 7), "1.2.0"));
      assertThat(told(driver))
          .containsExactly("host/a [HOST_RENAMED] host=b>a in [p1] by 1:2 scan");
      assertThat(driver.published.placement("b")).isEqualTo(named);
      driver.document("a", null);
      assertThat(driver.published.placement("b")).isEqualTo(named);
      driver.document("a", a(3, formerly("a", 7), "1.2.0"));
      driver.document("a", a(3, formerly("x/y", 7), "1.2.0"));
      driver.settle(Duration.ZERO);
      assertThat(driver.published.rejected)
          .extracting(Rejected::getCode)
          .containsExactly("invalid", "invalid");
    }
  }

  private static Consumer<HostInventory> formerly(String name, long renamedAt) {
    return document ->
        document.put("formerHost", new FormerHost(name, Instant.ofEpochMilli(renamedAt)));
  }

  private static byte[] labelled(long sequence, Map<String, String> labels) {
    return a(sequence, document -> document.put("labels", labels), "1.2.0");
  }

  @Test
  void anotherLabelNamesPools() {
    Path copy = directory.resolve("copy");
    Map<String, String> labels = Map.of("pool", "p", "rack", "r");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      driver.document("a", labelled(1, labels));
      driver.crash(copy);
    }
    try (Driver restarted = new Driver(copy, "rack")) {
      restarted.settle(Duration.ofSeconds(2));
      assertThat(told(restarted))
          .containsExactly("host/a [POOL_CHANGED] pool=p>r pool-label=pool>rack in [p, r]");
    }
  }

  @Test
  void whatWasReadAndClaimed() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, "1.2.0"));
      told(driver);
      driver.document(
          "a",
          a(
              2,
              document -> {
                document.put("functions", List.of("0000:00:1e.0", "0000:00:1f.0"));
                document.put(
                    "problems",
                    List.of(
                        new ProblemEntry("x/y", "unreadable", "EIO"),
                        new ProblemEntry("x/y", "malformed", "no number")));
                document.put(
                    "extent",
                    new HostExtent(Map.of("0000:00:02.0", "EIO"), 2, Map.of("0000:00:02.0", 5L)));
              },
              "1.2.0"));
      assertThat(told(driver))
          .containsExactly(
              "host/a [READING_CHANGED] extent/incomplete/0000:00:02.0=null>EIO"
                  + " extent/refused=0>2"
                  + " extent/supported-since/0000:00:02.0=null>1970-01-01T00:00:00.005Z"
                  + " functions=null>0000:00:1e.0"
                  + " problem/x/y=null>unreadable: EIO; malformed: no number"
                  + " in [p1] by 1:2 scan");
    }
  }

  @Test
  void theValueOfBeforeIsTheOneInTheTopic() throws Exception {
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, "1.2.0")).document("a", a(2, "1.2.0"));
      ByteBuffer placed = ByteBuffer.wrap(Codecs.PLACEMENT.encode(driver.published.placement("a")));
      driver.document("a", a(3, "1.3.0"));
      ChangeRecord change = driver.changes.getLast().value;
      assertThat(change.getBefore()).isEqualTo(placed);
      assertThat(Codecs.PLACEMENT.decode(change.getBefore().array()).getSequence()).isEqualTo(2);
    }
  }

  @Test
  void theHistoryBeginsOnceAndBeforeAllElse() {
    Path copy = directory.resolve("copy");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      driver.settle(Duration.ofSeconds(2));
      assertThat(told(driver)).containsExactly("history/0 [HISTORY_BEGAN] in [] new");
      driver.settle(Duration.ofSeconds(2)).document("a", a(1, "1.2.0"));
      assertThat(told(driver)).hasSize(1);
      driver.crash(copy);
    }
    try (Driver restarted = new Driver(copy)) {
      restarted.settle(Duration.ofSeconds(2)).document("a", a(1, "1.2.0"));
      assertThat(told(restarted)).as("a replay after a restart").isEmpty();
    }
  }

  @Test
  void whereAnEarlierVersionStoredNothingLessIsSaid() {
    Path copy = directory.resolve("copy");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      driver.document("a", a(1, software("6.1.0", "1.0", "aa", Map.of()), "1.2.0"));
      driver.forgetHistory();
      driver.crash(copy);
    }
    try (Driver upgraded = new Driver(copy)) {
      upgraded.document("a", a(2, software("6.1.0", "1.1", "bb", Map.of()), "1.3.0"));
      assertThat(told(upgraded))
          .containsExactly(
              "history/0 [HISTORY_BEGAN] in [] new",
              "host/a [ATTRIBUTE_CHANGED] {%s>%s 0+1 %s} in [p1] by 1:2 scan"
                  .formatted(OLD, NEW, TYPE_0));
      upgraded.document("a", a(3, software("6.1.0", "1.2", "cc", Map.of()), "1.2.0"));
      assertThat(told(upgraded))
          .containsExactly(
              ("host/a [DRIVER_UPGRADE, ATTRIBUTE_CHANGED] driver/i915=1.1 (srcversion bb)>1.2"
                      + " (srcversion cc) {%s>%s 0+1 %s software_version=1.3.0>1.2.0} in [p1] by"
                      + " 1:3 scan")
                  .formatted(NEW, OLD, TYPE_0));
    }
  }

  @Test
  void aHostWithVeryManyEndpointsStaysWithinTheBounds() {
    String[] versions =
        IntStream.range(0, 3000).mapToObj(i -> "1." + i + ".0").toArray(String[]::new);
    String[] later = IntStream.range(0, 3000).mapToObj(i -> "2." + i + ".0").toArray(String[]::new);
    try (Driver driver = new Driver(directory)) {
      driver.document("a", a(1, versions)).document("a", a(2, later));
      ChangeRecord change = driver.changes.getLast().value;
      assertThat(change.getMoves()).hasSize(3000);
      assertThat(change.getMoves().stream().mapToInt(move -> move.getEndpoints().size()).sum())
          .isEqualTo(1024);
      List<String> names = new ArrayList<>();
      change.getMoves().forEach(move -> names.addAll(move.getEndpoints()));
      assertThat(names).doesNotHaveDuplicates();
    }
  }
}
