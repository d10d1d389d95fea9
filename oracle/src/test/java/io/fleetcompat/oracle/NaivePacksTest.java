package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Related;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Both judges say the same by packs, of values that are there, absent, unreadable, malformed. */
class NaivePacksTest {

  private static final int PAIRS = 5_000;

  private static final String WIDE =
      """
      pack: wide
      version: 1
      title: ACME functions
      match: {kind: [pci, nvidia-vf], driver: [acme_vfio_pci], not-bound: [acme]}
      rules:
        - id: not-migratable
          sentence: both have migration operations
          attribute: vfio/migration
          otherwise: [fact/vfio.migration]
          operator: allowed-values
          values: [present]
          missing: warning
          of-devices: true
          source: [{document: ACME manual}]
        - id: mask
          sentence: the masks fit
          attribute: fact/site.a
          otherwise: [fact/site.b]
          operator: bitmask-superset
          missing: not-applicable
          missing-at-one: warning
          source: [{document: ACME manual}]
        - id: least
          sentence: both are new enough
          attribute: fact/site.c
          operator: minimum
          value: "2"
          missing: warning
          satisfied-where: [{fact/site.d: ["1"]}, {fact/site.b: ["0x1"], fact/site.zone: [a]}]
          source: [{document: ACME manual}]
        - id: limits
          sentence: the limits are enough
          attribute: fact/site.d
          operator: dominated-by
          separator: ","
          field-separator: ":"
          fields: [{name: kind, compare: equal}, {name: size, compare: at-least}]
          missing: not-applicable
          satisfied-where: {fact/site.c: ["1"]}
          source: [{document: ACME manual}]
        - id: apart
          sentence: they are not of the two that do not fit
          attribute: fact/site.b
          operator: not-paired
          pairs: [["0x1", "0x2"]]
          missing: not-applicable
          satisfied-where: [{fact/site.c: ["1"]}, {fact/site.d: ["1"], fact/site.c: ["2"]}]
          fails-where: {fact/site.c: ["2"], fact/site.zone: [c]}
          source: [{document: ACME manual}]
        - id: newest
          sentence: both are the newest
          attribute: fact/site.c
          operator: minimum
          value: "3"
          missing: not-applicable
          satisfied-where: {fact/site.model: [y]}
          fails-where: {fact/site.model: [x1]}
          effect: warning
          source: [{document: ACME manual}]
        - id: newest-here
          sentence: both are the newest
          attribute: fact/site.c
          operator: minimum
          value: "3"
          missing: not-applicable
          satisfied-where: {fact/site.model: [y]}
          fails-where: {fact/site.model: [x1]}
          source: [{document: ACME manual}]
        - id: at-source
          sentence: the source is new enough
          attribute: fact/site.c
          operator: version-ranges
          ranges: ["1-1", "3-"]
          side: source
          missing: not-applicable
          applies-where: {fact/site.zone: [a]}
          source: [{document: ACME manual}]
      """;

  private static final String NARROW =
      """
      pack: narrow
      version: 1
      title: one model of ACME
      match: {kind: [pci], driver: [acme_vfio_pci], where: {fact/site.model: ["x*"], fact/site.zone: [a, b]}}
      rules:
        - id: level
          sentence: the levels fit
          attribute: fact/site.b
          operator: equal
          missing: not-applicable
          source: [{document: ACME manual}]
      """;

  /** Nothing but the pack for any other driver is there where this one is not. */
  private static final String LONE =
      """
      pack: lone
      version: 1
      title: one model of a driver that no other pack names
      match: {kind: [pci], driver: [lone_vfio_pci, lonely_vfio_pci], where: {fact/site.model: ["x*"]}}
      rules:
        - id: level
          sentence: the levels fit
          attribute: fact/site.b
          operator: equal
          source: [{document: ACME manual}]
      """;

  private static final String DEMAND =
      """
      pack: demand
      version: 1
      title: our own demand
      applies: always
      match: {kind: [pci], driver: ["acme*"], where: {fact/site.zone: [b]}}
      rules:
        - id: same
          sentence: both have the same
          attribute: fact/site.a
          operator: equal
          source: [{document: our own rules}]
      """;

  private static final String STATED =
      """
      pack: stated
      version: 1
      title: functions that cannot migrate
      match: {kind: [pci], driver: [stated_vfio_pci]}
      not-migratable:
        reason: the driver has no migration
        unless: [{fact/site.zone: [a], fact/site.model: [x1]}, {vfio/migration: [present]}]
        source: [{document: ACME manual}]
      rules:
        - id: level
          sentence: the levels fit
          attribute: fact/site.b
          operator: equal
          missing: warning
          source: [{document: ACME manual}]
      """;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void bothSayTheSameOfRandomPairsAndLeaveTheSameUnderOverrides() throws BadYamlException {
    RulePacks packs =
        RulePacks.builtIn()
            .with(
                new TreeMap<>(
                    Map.of(
                        "w.yaml", WIDE, "n.yaml", NARROW, "l.yaml", LONE, "d.yaml", DEMAND,
                        "s.yaml", STATED)),
                new TreeMap<>());
    Judge judge = new Judge(RuleSet.of(Set.of(), packs));
    NaiveJudge naive = new NaiveJudge(Set.of(), NaiveAnswers.NONE, packs);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < PAIRS; i++) {
      Endpoint source = next();
      Endpoint destination = random.nextInt(3) == 0 ? source : next();
      Verdict base = judge.judge(Profile.of(source), Profile.of(destination));
      String as = "seed %d, pair %d".formatted(seed, i);
      assertThat(judge.outcome(Profile.of(source), Profile.of(destination)))
          .as(as)
          .isEqualTo(base.outcome());
      NaiveOverridesTest.assertSame(as, naive.judge(source, destination), base);
      Set<String> off = new HashSet<>();
      base.reasons().stream()
          .map(reason -> reason.rule().toString())
          .filter(rule -> rule.contains("/") && random.nextInt(4) > 0)
          .forEach(off::add);
      NaiveOverridesTest.assertSame(
          as + " without " + off,
          naive.judge(source, destination, off),
          OverridableRules.without(off.stream().map(NaivePacksTest::override).toList(), base));
      base.reasons().forEach(reason -> seen.add(base.outcome() + " " + reason.rule()));
    }
    assertThat(seen)
        .as("seed %d", seed)
        .contains(
            "UNKNOWN wide/mask",
            "UNKNOWN wide/least",
            "INCOMPATIBLE wide/least",
            "UNKNOWN wide/apart",
            "INCOMPATIBLE wide/apart",
            "UNKNOWN wide/newest-here",
            "INCOMPATIBLE wide/newest-here",
            "UNKNOWN driver-family",
            "INCOMPATIBLE driver-family",
            "UNKNOWN lone/level",
            "UNKNOWN no-rule-judged",
            "INCOMPATIBLE not-migratable",
            "INCOMPATIBLE demand/same");
  }

  private static RuleOverride override(String rule) {
    return new RuleOverride(
        rule,
        rule,
        new OverrideScope(OverrideScope.Kind.POOL, "p", "p"),
        "an.operator",
        "tried",
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  private Endpoint next() {
    Map<String, Attribute> pci = new TreeMap<>();
    pci.put("vendor", new Attribute.Text("0x1234"));
    pci.put(
        "driver",
        new Attribute.Text(
            pick(
                "acme_vfio_pci",
                "acme_vfio_pci",
                "acme_vfio_pci",
                "stated_vfio_pci",
                "lone_vfio_pci",
                "lonely_vfio_pci",
                "acme")));
    Map<String, Attribute> facts = new TreeMap<>();
    put(facts, "site.a", "0x1", "0x3", "one");
    put(facts, "site.b", "0x1", "0x2", "two");
    put(facts, "site.c", "1", "2", "3.1", "new");
    put(facts, "site.d", "1", "a:1", "a:2,b:1", "a");
    put(facts, "site.zone", "a", "a", "b", "c");
    put(facts, "site.model", "x1", "x2", "y");
    put(facts, "vfio.migration", "present", "absent");
    boolean isType = random.nextInt(4) == 0;
    Map<String, Attribute> own = new TreeMap<>();
    if (!isType && random.nextInt(3) == 0) {
      own.put("vfio_debugfs", Attribute.DIRECTORY);
      if (random.nextBoolean()) {
        own.put("vfio_debugfs/migration", Attribute.DIRECTORY);
      }
    }
    return new Endpoint(
            isType ? EndpointName.type("0000:3b:00.4", "A-1") : EndpointName.device("0000:3b:00.4"),
            isType ? EndpointKind.NVIDIA_TYPE : EndpointKind.PCI_FUNCTION,
            Optional.empty(),
            Attributes.of(own),
            Attributes.NONE,
            Attributes.of(pci))
        .with(new Related(Attributes.NONE, Attributes.NONE, Attributes.of(facts)));
  }

  private void put(Map<String, Attribute> facts, String name, String... values) {
    switch (random.nextInt(8)) {
      case 0, 1 -> {}
      case 2 -> facts.put(name, new Attribute.Unreadable("EACCES"));
      case 3 -> facts.put(name, new Attribute.Malformed("stated twice"));
      default -> facts.put(name, new Attribute.Text(pick(values)));
    }
  }

  private String pick(String... from) {
    return List.of(from).get(random.nextInt(from.length));
  }
}
