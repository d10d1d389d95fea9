package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static io.fleetcompat.indexer.Documents.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.PoolMember;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The health of pools, from documents and heartbeats to what is told. A host's pool is pN, N being
 * the length of its name.
 */
final class PoolTopologyTest {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final String NEW = "1.3.0";
  private static final String OLD = "1.2.9";

  @TempDir Path directory;

  private static PoolHealthRecord health(Driver driver, String pool) {
    return Optional.ofNullable(settled(driver).get(pool)).orElseThrow();
  }

  /** The health of pools once nothing changes any more. */
  private static Map<String, PoolHealthRecord> settled(Driver driver) {
    IntStream.range(0, 3).forEach(_ -> driver.settle(SOON));
    return driver.healths;
  }

  @Test
  void anUpgradeStrandsWhatCannotGoBack() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a1", "a2", "a3")) {
        driver.document(host, document(host, 1, 1, types(OLD, OLD)));
      }
      PoolHealthRecord before = health(driver, "p2");
      assertThat(before.getTypes().getMovable()).isEqualTo(6);
      assertThat(before.getFresh()).isEqualTo(3);
      assertThat(before.getOneWayPairs()).isZero();
      assertThat(before.getBlockers()).isEmpty();

      driver.document("a1", document("a1", 1, 2, types(NEW, NEW)));
      PoolHealthRecord after = health(driver, "p2");
      assertThat(after.getTypes().getEndpoints()).isEqualTo(6);
      assertThat(after.getTypes().getStranded()).isEqualTo(2);
      assertThat(after.getTypes().getUnknown()).isZero();
      assertThat(after.getOneWayPairs()).isEqualTo(1);
      assertThat(after.getFamilies()).singleElement().matches(family -> family.getGroups() == 2);
      assertThat(after.getStranded()).extracting(StrandedMember::getTypes).containsExactly(2);
      PoolBlocker blocker = after.getBlockers().getFirst();
      assertThat(blocker.getRule()).isEqualTo("software-version");
      assertThat(blocker.getSource()).isEqualTo(NEW);
      assertThat(blocker.getDestination()).isEqualTo(OLD);
      assertThat(blocker.getFreesTypes()).isEqualTo(2);
      assertThat(blocker.getSourceHosts()).isEqualTo(1);
      assertThat(blocker.getDestinationHosts()).isEqualTo(2);

      driver.document("a2", document("a2", 1, 2, types(NEW)));
      assertThat(health(driver, "p2").getTypes().getStranded()).isZero();
    }
  }

  @Test
  void theEndpointsOfTheOnlyHostWithADestinationAreStranded() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a1", document("a1", 1, 1, types(OLD)));
      driver.document("a2", document("a2", 1, 1, types(NEW, OLD)));
      // From a1 the old one goes to a2; on a2 the old one goes to a1, and the new one nowhere.
      PoolHealthRecord health = health(driver, "p2");
      assertThat(health.getTypes().getStranded()).isEqualTo(1);
      driver.document("a1", document("a1", 1, 2, List.of()));
      health = health(driver, "p2");
      assertThat(health.getTypes().getStranded()).isEqualTo(2);
      assertThat(health.getStranded()).allMatch(StrandedMember::getAlone);
    }
  }

  @Test
  void roomIsWhatTheNewestHeartbeatSays() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a1", "a2")) {
        driver.document(host, document(host, 1, 1, types(OLD)));
      }
      assertThat(health(driver, "p2").getTypes().getFull()).isEqualTo(2);
      driver.heartbeat("a1", heartbeat("a1", 1, 1));
      assertThat(health(driver, "p2").getTypes().getFull()).isEqualTo(1);
      driver.heartbeat("a2", heartbeat("a2", 1, 1));
      assertThat(health(driver, "p2").getTypes().getFull()).isZero();
      driver.document("a2", document("a2", 1, 2, types(NEW)));
      assertThat(health(driver, "p2").getTypes().getFull()).isZero();
    }
  }

  @Test
  void aHostThatFallsSilentIsNoDestination() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a1", "a2")) {
        driver.document(host, document(host, 1, 1, types(OLD)));
      }
      driver.settle(Driver.STALE_AFTER.minusSeconds(10));
      driver.heartbeat("a1", heartbeat("a1", 1, 1));
      driver.settle(Duration.ofSeconds(20));
      PoolHealthRecord health = health(driver, "p2");
      assertThat(health.getFresh()).isEqualTo(1);
      assertThat(health.getStale()).isEqualTo(1);
      assertThat(health.getTypes().getEndpoints()).isEqualTo(1);
      assertThat(health.getTypes().getStranded()).isEqualTo(1);
    }
  }

  @Test
  void aNameThatTwoCollectorsUseIsFound() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a1", document("a1", 7, 1, types(OLD)));
      for (int beat = 0; beat < 4; beat++) {
        driver.heartbeat("a1", heartbeat("a1", 7, 1), driver.now());
        driver.heartbeat("a1", heartbeat("a1", 3, 1), driver.now());
        driver.settle(Duration.ofSeconds(10));
      }
      assertThat(health(driver, "p2").getFindings())
          .containsExactly(new PoolFinding("twin-host", 1, List.of("a1")));
      for (int beat = 0; beat < 8; beat++) {
        driver.heartbeat("a1", heartbeat("a1", 7, 1), driver.now());
        driver.settle(Duration.ofSeconds(10));
      }
      assertThat(health(driver, "p2").getFindings()).isEmpty();
    }
  }

  @Test
  void anOverrideCountsUntilItEnds() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a1", document("a1", 1, 1, types(NEW)));
      driver.document("a2", document("a2", 1, 1, types(OLD)));
      assertThat(health(driver, "p2").getTypes().getStranded()).isEqualTo(1);
      Instant until = driver.now().plusSeconds(600);
      driver.override("one", override("p2", until));
      assertThat(health(driver, "p2").getTypes().getStranded()).isZero();
      driver.settle(Duration.ofSeconds(700));
      for (String host : List.of("a1", "a2")) {
        driver.heartbeat(host, heartbeat(host, 1, 1));
      }
      assertThat(health(driver, "p2").getTypes().getStranded()).isEqualTo(1);
      driver.override("two", override("p2", driver.now().plusSeconds(600)));
      assertThat(health(driver, "p2").getTypes().getStranded()).isZero();
      driver.override("two", null);
      assertThat(health(driver, "p2").getTypes().getStranded()).isEqualTo(1);
    }
  }

  private static byte[] override(String pool, Instant until) {
    return Codecs.OVERRIDE.encode(
        new OverrideRecord(
            "software-version",
            OverrideScopeKind.POOL,
            pool,
            pool,
            "an.operator",
            "tried",
            Instant.EPOCH,
            until,
            null));
  }

  @Test
  void aPoolWithoutHostsIsNotToldOf() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a1", document("a1", 1, 1, types(OLD)));
      assertThat(settled(driver)).containsOnlyKeys("p2");
      driver.document("a1", null);
      assertThat(settled(driver)).isEmpty();
    }
  }

  @Test
  void aHostMovesToAnotherPoolOrToNone() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a1", "a2", "a3")) {
        driver.document(host, document(host, 1, 1, types(OLD)));
      }
      assertThat(health(driver, "p2").getFresh()).isEqualTo(3);
      driver.document("a3", document("a3", 1, 2, Map.of("pool", "other"), types(OLD)));
      assertThat(health(driver, "p2").getFresh()).isEqualTo(2);
      assertThat(health(driver, "other").getTypes().getStranded()).isEqualTo(1);
      driver.document("a3", document("a3", 1, 3, Map.of(), types(OLD)));
      driver.document("a2", document("a2", 1, 2, Map.of("pool", ""), types(OLD)));
      assertThat(settled(driver)).containsOnlyKeys("p2");
      assertThat(health(driver, "p2").getTypes().getStranded()).isEqualTo(1);
    }
  }

  @Test
  void anotherLabelNamesPoolsAfterARestart() {
    Path copy = directory.resolve("copy");
    Map<String, String> labels = Map.of("pool", "p", "rack", "r");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      for (String host : List.of("a1", "a2")) {
        driver.document(host, document(host, 1, 1, labels, types(OLD)));
      }
      assertThat(settled(driver)).containsOnlyKeys("p");
      assertThat(driver.published.placement("a1").getPoolLabel()).isNull();
      driver.crash(copy);
    }
    try (Driver restarted = new Driver(copy, "rack")) {
      assertThat(settled(restarted)).containsOnlyKeys("r");
      assertThat(restarted.published.placement("a1").getPoolLabel()).isEqualTo("rack");
      assertThat(health(restarted, "r").getTypes().getMovable()).isEqualTo(2);
    }
  }

  @Test
  void hostsThatAnEarlierVersionStoredAreTold() {
    Path copy = directory.resolve("copy");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      for (String host : List.of("a1", "a2")) {
        driver.document(host, document(host, 1, 1, types(OLD)));
      }
      driver.settle(Driver.STALE_AFTER.plusSeconds(5)).settle(Driver.LOST_AFTER.plusSeconds(5));
      assertThat(health(driver, "p2").getLost()).isEqualTo(2);
      driver.forgetPools();
      driver.crash(copy);
    }
    try (Driver upgraded = new Driver(copy)) {
      assertThat(health(upgraded, "p2").getLost()).isEqualTo(2);
    }
  }

  @Test
  void aRecordThatNobodyCanUseEndsWhatItsHostBrought() {
    try (Driver driver = new Driver(directory)) {
      for (String host : List.of("a1", "a2")) {
        driver.document(host, document(host, 1, 1, types(OLD)));
      }
      assertThat(health(driver, "p2").getTypes().getStranded()).isZero();
      driver.poolMember("a2", new byte[] {1, 2, 3});
      assertThat(health(driver, "p2").getTypes().getStranded()).isEqualTo(1);
      assertThat(driver.published.rejected)
          .singleElement()
          .matches(rejected -> rejected.getTopic().equals(Driver.TOPICS.poolMembers().name()));
    }
  }

  @Test
  void aProfileOfWhichNothingIsKnownMayBeAnything() {
    try (Driver driver = new Driver(directory)) {
      driver.document("a1", document("a1", 1, 1, types(OLD)));
      FingerprintBytes nobodys = new FingerprintBytes(new byte[16]);
      PoolHost other =
          new PoolHost(
              "a2",
              "p2",
              Liveness.FRESH,
              List.of(new PoolMember(nobodys, 1, 0, true)),
              false,
              List.of(),
              List.of());
      driver.poolMember("a2", Codecs.POOL_HOST.encode(other));
      assertThat(driver.healths.get("p2")).isNull();
      settled(driver);
      settled(driver);
      PoolHealthRecord health = health(driver, "p2");
      assertThat(health.getNotAssessed()).isEqualTo(1);
      assertThat(health.getDevices().getUnknown()).isEqualTo(1);
      assertThat(health.getTypes().getUnknown()).isEqualTo(1);
      assertThat(health.getStranded()).noneMatch(StrandedMember::getAlone);
      assertThat(health.getBlockers()).isEmpty();
    }
  }

  @Test
  void whatIsToldDependsOnTheNewestDocumentsAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, byte[]> newest = new TreeMap<>();
    Map<String, String> told;
    Path copy = directory.resolve("copy");
    try (Driver driver = new Driver(directory.resolve("a"))) {
      for (int sequence = 1; sequence < 150; sequence++) {
        String host = "x".repeat(random.nextInt(2)) + "h" + random.nextInt(6);
        byte[] document =
            random.nextInt(10) == 0 ? null : document(host, 1, sequence, someTypes(random));
        driver.document(host, document);
        if (document == null) {
          newest.remove(host);
        } else {
          newest.put(host, document);
        }
        if (random.nextInt(4) == 0) {
          driver.settle(Duration.ofMillis(300));
        }
      }
      told = timeless(settled(driver));
      driver.crash(copy);
    }
    try (Driver anew = new Driver(directory.resolve("b"))) {
      newest.forEach(anew::document);
      assertThat(timeless(settled(anew))).as("seed " + seed).isEqualTo(told);
    }
    try (Driver restarted = new Driver(copy)) {
      assertThat(settled(restarted)).as("told again after a restart, seed " + seed).isEmpty();
      String host = newest.keySet().iterator().next();
      restarted.document(host, document(host, 1, 1000, types("9.9.9")));
      Map<String, PoolHealthRecord> again = settled(restarted);
      assertThat(again).as("seed " + seed).hasSize(1);
    }
  }

  private static List<Endpoint> someTypes(Random random) {
    return types(
        IntStream.range(0, random.nextInt(4))
            .mapToObj(_ -> "1." + random.nextInt(3) + "." + random.nextInt(2))
            .toArray(String[]::new));
  }

  private static Map<String, String> timeless(Map<String, PoolHealthRecord> healths) {
    Map<String, String> told = new TreeMap<>();
    healths.forEach(
        (pool, health) ->
            told.put(pool, health.toString().replaceAll("\"changedAt\": \"?[^,]*", "")));
    return told;
  }
}
