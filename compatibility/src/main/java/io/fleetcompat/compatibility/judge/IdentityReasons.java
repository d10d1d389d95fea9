package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.pack.Exempted;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.Glob;
import io.fleetcompat.compatibility.pack.NotMigratable;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.Side;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings, in words, of the rules that every pack has: whose drivers hold the two devices, and
 * whether the pack speaks for them at all.
 */
record IdentityReasons(RulePack pack) {

  private static final FacetId FACET = FacetId.VENDOR_RULES;
  private static final String DRIVER = "driver";

  private Optional<PackBasis> general() {
    return new DeviceIdentity(Optional.of(pack)).basis();
  }

  private Failed otherFamily(String source, String destination, String detail) {
    return new Failed(
        FixedRule.DRIVER_FAMILY,
        FACET,
        Optional.of(DRIVER),
        Optional.of(source),
        Optional.of(destination),
        detail,
        general());
  }

  private Unjudged ofDrivers(
      FixedRule rule, Parsed<String> source, Parsed<String> destination, String detail) {
    return new Unjudged(
        rule,
        Optional.of(FACET),
        Optional.of(DRIVER),
        Reasons.shown(source),
        Reasons.shown(destination),
        State.ABSENT,
        detail,
        general(),
        List.of());
  }

  private Unjudged about(FixedRule rule, String detail) {
    return new Unjudged(
        rule,
        Optional.of(FACET),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        State.ABSENT,
        detail,
        general(),
        List.of());
  }

  Unjudged noRules(String why, Parsed<String> driver, Parsed<String> to) {
    return ofDrivers(
        FixedRule.NO_RULES,
        driver,
        to,
        "no pack has rules for the source's driver %s: %s"
            .formatted(Reasons.shown(driver).orElse(""), why));
  }

  /** The cause that no pack speaks for a device: to follow a colon. */
  static String noPack(VendorFacts facts) {
    return switch (facts.driver()) {
      case Parsed.Value<String>(String driver) ->
          "no rule pack is about its driver " + driver + " (kind " + facts.kind() + ")";
      case Parsed.Absent<String> _ -> "no driver holds it that a rule pack could be about";
      case Parsed.Malformed<String> _, Parsed.Unreadable<String> _ ->
          "its driver is not known" + Reasons.problem(facts.driver()).map(p -> ": " + p).orElse("");
    };
  }

  Unjudged mismatch() {
    return about(
        FixedRule.FACET_MISMATCH,
        "a document speaks for the source, and the destination's driver declares something itself:"
            + " nobody says how they relate");
  }

  Unjudged nothingKnown(String side) {
    return about(FixedRule.FACET_MISSING, "nothing is known of the " + side + "'s driver");
  }

  /** Packs have demands, and nobody knows whether they concern the source. */
  static Unjudged unknownSource() {
    return new Unjudged(
        FixedRule.FACET_MISSING,
        Optional.of(FACET),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        State.ABSENT,
        "nothing is known of the source's driver, which packs have demands of");
  }

  Failed families(Parsed<String> driver, RulePack other) {
    return otherFamily(
        pack.id(),
        other.id(),
        "the destination's driver %s is of another family (%s)"
            .formatted(Reasons.shown(driver).orElse("(none)"), other.title()));
  }

  /** No pack names either driver, so nobody says that they are of one family. */
  Failed otherDriver(String driver, String other) {
    return otherFamily(
        driver,
        other,
        "the destination's driver is another, and no rule pack is about either of them");
  }

  Unjudged driverUnknown(Parsed<String> driver) {
    return new Unjudged(
        FixedRule.DRIVER_FAMILY,
        Optional.of(FACET),
        Optional.of(DRIVER),
        Optional.empty(),
        Optional.empty(),
        Reasons.state(driver, driver),
        "destination driver " + Reasons.problem(driver).orElse(""),
        general(),
        List.of());
  }

  /** The pack may be the one that counts for a side: nobody can judge its condition. */
  Unjudged mayBeAbout(Lack lack) {
    List<Lack> lacks = List.of(lack);
    return new Unjudged(
        FixedRule.DRIVER_FAMILY,
        Optional.of(FACET),
        Optional.of(lack.address()),
        Optional.empty(),
        Optional.empty(),
        Reasons.state(lack.value(), lack.value()),
        "whether the pack "
            + pack.id()
            + " is about the "
            + lack.side()
            + " is open: "
            + Lack.words(lacks, Optional.empty(), Optional.empty()),
        general(),
        lacks);
  }

  /** The pack's exception may be for a side: a value that decides it is malformed. */
  Unjudged exceptionOpen(NotMigratable statement, Exempted source, Exempted destination) {
    List<Lack> lacks =
        Stream.of(lack(source, Side.SOURCE), lack(destination, Side.DESTINATION))
            .flatMap(Optional::stream)
            .toList();
    return new Unjudged(
        FixedRule.NOT_MIGRATABLE,
        Optional.of(FACET),
        Optional.of(lacks.getFirst().address()),
        Optional.empty(),
        Optional.empty(),
        State.MALFORMED,
        "whether it is excepted that "
            + statement.reason()
            + " is open: "
            + Lack.words(lacks, Optional.empty(), Optional.empty()),
        Optional.of(
            new PackBasis(
                pack.name(),
                Optional.of(Failure.documented(FailureTime.EARLY)),
                PackReasons.spelled(statement.sources()))),
        lacks);
  }

  private static Optional<Lack> lack(Exempted exempted, Side at) {
    return exempted instanceof Exempted.Open(String address, Parsed<String> value)
        ? Optional.of(Lack.of(at, address, value))
        : Optional.empty();
  }

  Unjudged destinationNotBound(Parsed<String> from, Parsed<String> driver) {
    String held =
        Reasons.shown(driver)
            .map(name -> "the destination is held by the driver " + name)
            .orElse("no driver holds the destination");
    return ofDrivers(FixedRule.NOT_BOUND, from, driver, held + onceHeld());
  }

  Unjudged sourceNotBound(Parsed<String> driver, Parsed<String> to) {
    String held = "the source is held by the driver " + Reasons.shown(driver).orElse("(none)");
    return ofDrivers(FixedRule.NOT_BOUND, driver, to, held + onceHeld());
  }

  /** Names the drivers that would do, since the family alone may be called as one that does not. */
  private String onceHeld() {
    List<String> drivers = pack.match().drivers().stream().map(Glob::toString).toList();
    String one =
        switch (drivers.size()) {
          case 0 -> "a driver of the family " + pack.id();
          case 1 -> "the driver " + drivers.getFirst();
          default -> "one of the drivers " + String.join(", ", drivers);
        };
    return ": what it can do shows once " + one + " holds it";
  }
}
