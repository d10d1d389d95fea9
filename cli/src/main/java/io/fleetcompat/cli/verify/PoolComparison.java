package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.DiskHost;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.Expectations.Content;
import io.fleetcompat.oracle.NaiveLikeness;
import io.fleetcompat.oracle.NaiveOverrides.Side;
import io.fleetcompat.oracle.NaivePool;
import io.fleetcompat.oracle.NaivePool.Member;
import io.fleetcompat.oracle.NaiveVerdict;
import io.fleetcompat.oracle.NaiveVerdict.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The comparison of the health of pools with one that looks at every pair of endpoints on disk.
 * What has no room is left out: a tree says it of this moment alone. So are pools in which a type
 * is remembered that a look at the trees does not show, and those of which a host is not live.
 */
final class PoolComparison {

  private final VerifiedApi api;
  private final Expectations expectations;
  private final CountingOverrides overrides;
  private int compared;
  private int leftOut;

  PoolComparison(VerifiedApi api, Expectations expectations, CountingOverrides overrides) {
    this.api = api;
    this.expectations = expectations;
    this.overrides = overrides;
  }

  /** The pools that the index tells something else of, one sentence each, sorted. */
  SortedSet<String> findings(DiskFleet fleet) {
    TreeMap<String, List<DiskHost>> pools = new TreeMap<>();
    for (DiskHost host : fleet.hosts().values()) {
      host.pool()
          .filter(name -> !name.isEmpty())
          .ifPresent(name -> pools.computeIfAbsent(name, _ -> new ArrayList<>()).add(host));
    }
    overrides.readAgain();
    compared = 0;
    leftOut = 0;
    Set<String> indexed = api.pools();
    TreeSet<String> findings = new TreeSet<>();
    pools.forEach(
        (name, hosts) -> {
          if (indexed.contains(name)) {
            compare(name, hosts).ifPresent(findings::add);
          } else {
            findings.add("pool " + name + " is on disk and not in the index");
          }
        });
    return findings;
  }

  /** The numbers of pools that were compared the last time, and left out. */
  String said() {
    return "%d pools compared, %d left out".formatted(compared, leftOut);
  }

  private Optional<String> compare(String pool, List<DiskHost> hosts) {
    JsonNode told = api.pool(pool);
    JsonNode health = told.path("health");
    if (!health.isObject()) {
      return Optional.of("pool " + pool + " is on disk and has no health in the index");
    }
    int live = health.path("fresh").asInt();
    if (live != hosts.size() || remembers(hosts, health)) {
      leftOut++;
      return Optional.empty();
    }
    compared++;
    String disk = words(new NaivePool(members(hosts), new DiskPairs(pool, hosts)));
    String index = words(told);
    return disk.equals(index)
        ? Optional.empty()
        : Optional.of("pool %s is %s on disk, and %s in the index".formatted(pool, disk, index));
  }

  /** True where the index has types that no tree shows now. */
  private static boolean remembers(List<DiskHost> hosts, JsonNode health) {
    int onDisk = hosts.stream().mapToInt(host -> host.endpoints().size()).sum();
    int indexed =
        health.path("devices").path("endpoints").asInt()
            + health.path("types").path("endpoints").asInt();
    return indexed > onDisk;
  }

  private static List<Member> members(List<DiskHost> hosts) {
    List<Member> members = new ArrayList<>();
    for (DiskHost host : hosts) {
      for (Endpoint endpoint : host.endpoints().values()) {
        members.add(
            new Member(
                host.name(),
                content(endpoint),
                NaiveLikeness.of(endpoint),
                endpoint.kind().isType(),
                true));
      }
    }
    return members;
  }

  /** The name of all that rules look at; the verdicts themselves are made without profiles. */
  private static String content(Endpoint endpoint) {
    return Profile.of(endpoint).fingerprint().toString();
  }

  private static String words(NaivePool pool) {
    return "%s devices, %s types, %d one-way pairs, groups %s, at least %s"
        .formatted(
            words(pool.count(false)),
            words(pool.count(true)),
            pool.oneWayPairs(),
            pool.groups(false),
            pool.groups(true));
  }

  private static String words(NaivePool.Count count) {
    return "%d of %d stranded (%d unknown)"
        .formatted(count.stranded(), count.endpoints(), count.unknown());
  }

  private static String words(JsonNode told) {
    Map<String, Integer> groups = new TreeMap<>();
    Map<String, Integer> atLeast = new TreeMap<>();
    for (JsonNode family : told.path("families")) {
      String words =
          family.path("kind").asText()
              + "|"
              + family.path("vendor").asText("")
              + "|"
              + family.path("type").asText("");
      groups.put(words, family.path("groups").asInt());
      atLeast.put(words, family.path("atLeast").asInt());
    }
    JsonNode health = told.path("health");
    return "%s devices, %s types, %d one-way pairs, groups %s, at least %s"
        .formatted(
            count(health.path("devices")),
            count(health.path("types")),
            health.path("oneWayPairs").asLong(),
            groups,
            atLeast);
  }

  private static String count(JsonNode of) {
    return "%d of %d stranded (%d unknown)"
        .formatted(
            of.path("stranded").asInt(), of.path("endpoints").asInt(), of.path("unknown").asInt());
  }

  /** Verdicts of pairs by what the trees have of them. */
  private final class DiskPairs implements NaivePool.Pairs {

    private final Map<String, Sample> samples = new HashMap<>();
    private final Map<String, NaiveVerdict> verdicts = new HashMap<>();

    /** An endpoint of those with one content. */
    private record Sample(Content content, Side side) {}

    DiskPairs(String pool, List<DiskHost> hosts) {
      for (DiskHost host : hosts) {
        for (Endpoint endpoint : host.endpoints().values()) {
          samples.computeIfAbsent(
              content(endpoint),
              _ ->
                  new Sample(
                      expectations.content(endpoint), overrides.side(endpoint, Optional.of(pool))));
        }
      }
    }

    private NaiveVerdict verdict(String source, String destination) {
      return verdicts.computeIfAbsent(source + " " + destination, _ -> judge(source, destination));
    }

    private NaiveVerdict judge(String source, String destination) {
      Sample from = sample(source);
      Sample to = sample(destination);
      return expectations.verdict(
          from.content, to.content, overrides.turnedOff(from.side, to.side));
    }

    private Sample sample(String content) {
      return Optional.ofNullable(samples.get(content)).orElseThrow();
    }

    @Override
    public Outcome outcome(String source, String destination) {
      return verdict(source, destination).outcome();
    }

    @Override
    public Set<String> reasons(String source, String destination) {
      return verdict(source, destination).rules();
    }
  }
}
