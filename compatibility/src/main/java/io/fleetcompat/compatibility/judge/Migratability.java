package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.pack.Exempted;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Quoted;
import java.util.List;
import java.util.Optional;

/**
 * The answer of a device's driver to whether it can migrate the device at all: no verdict, which
 * needs a destination.
 *
 * @param detail what shows it, or what is missing
 */
public record Migratability(Shown shown, String detail) {

  /** The interfaces by which a driver says that it migrates devices. */
  private static final List<FacetId> INTERFACES =
      List.of(FacetId.TYPE_ATTRIBUTES, FacetId.SELF_COMPATIBLE, FacetId.OPAQUE_VERSION);

  /** The things that a driver can show. */
  public enum Shown {
    MIGRATABLE("yes"),
    NOT_MIGRATABLE("no"),
    UNKNOWN("unknown");

    private final String spelling;

    Shown(String spelling) {
      this.spelling = spelling;
    }

    /** In the words of a claim: {@code yes}, {@code no}, or {@code unknown}. */
    @Override
    public String toString() {
      return spelling;
    }
  }

  static Migratability of(Profile profile, RulePacks packs) {
    Optional<FacetId> declared = INTERFACES.stream().filter(profile::has).findFirst();
    if (declared.isPresent()) {
      return new Migratability(
          Shown.MIGRATABLE, "the driver declares " + declared.get() + " for it");
    }
    return profile
        .vendorFacts()
        .map(facts -> of(facts, packs))
        .orElseGet(() -> unknown("nothing is known of a driver of it"));
  }

  private static Migratability of(VendorFacts facts, RulePacks packs) {
    PackChoice choice = PackChoice.of(packs, facts);
    Optional<RulePack> pack = choice.speaking();
    Parsed<String> operations = operations(facts);
    if (choice.rival().isPresent() && !lacksOperations(operations)) {
      PackChoice.UnsureMatch rival = choice.rival().get();
      return unknown(
          "whether the pack %s is about it depends on %s, which %s"
              .formatted(
                  rival.pack().id(),
                  rival.address(),
                  Reasons.problem(rival.value()).orElseThrow()));
    }
    Exempted exception = pack.map(about -> about.exception(facts::get)).orElse(Exempted.YES);
    if (pack.isPresent() && exception instanceof Exempted.No) {
      return new Migratability(
          Shown.NOT_MIGRATABLE,
          pack.get().notMigratable().orElseThrow().reason() + " (" + pack.get().name() + ")");
    }
    if (exception instanceof Exempted.Open(String address, Parsed.Malformed<String>(String problem))
        && !lacksOperations(operations)) {
      return unknown(address + " is malformed: " + problem);
    }
    return switch (operations) {
      case Parsed.Value<String> _ when lacksOperations(operations) ->
          new Migratability(
              Shown.NOT_MIGRATABLE, "VFIO shows no migration operations of the driver for it");
      case Parsed.Value<String> _ -> present(facts, pack);
      case Parsed.Absent<String> _ -> nothingShown(facts, pack);
      case Parsed.Malformed<String>(String problem) ->
          unknown(VendorFacts.VFIO_MIGRATION + " is malformed: " + problem);
      case Parsed.Unreadable<String>(String errno) ->
          unknown(VendorFacts.VFIO_MIGRATION + " is unreadable: " + errno);
    };
  }

  /** True where it is known that the driver gave the device no migration operations. */
  static boolean isKnownToLackOperations(VendorFacts facts) {
    return lacksOperations(operations(facts));
  }

  private static boolean lacksOperations(Parsed<String> operations) {
    return operations instanceof Parsed.Value<String>(String value)
        && value.equals(VendorFacts.ABSENT);
  }

  /**
   * What the collector saw itself counts before what a fact says, and so it does where nobody can
   * tell what it saw: no fact mends that.
   */
  static Parsed<String> operations(VendorFacts facts) {
    Parsed<String> seen = facts.get(VendorFacts.VFIO_MIGRATION);
    Parsed<String> said = facts.get(VendorFacts.MIGRATION_FACT);
    boolean counts = seen instanceof Parsed.Value || seen instanceof Parsed.Malformed;
    return counts || said instanceof Parsed.Absent ? seen : said;
  }

  private static Migratability present(VendorFacts facts, Optional<RulePack> pack) {
    if (pack.filter(known -> known.noRules().isEmpty()).isEmpty()) {
      return unknown("no rule pack has rules for " + driver(facts));
    }
    return new Migratability(
        Shown.MIGRATABLE,
        "VFIO shows migration operations of the driver for it (" + pack.get().name() + ")");
  }

  private static Migratability nothingShown(VendorFacts facts, Optional<RulePack> pack) {
    return facts.driver() instanceof Parsed.Value && pack.isPresent()
        ? unknown(
            VendorFacts.VFIO_MIGRATION
                + " is missing: "
                + AttributeCatalogue.builtIn()
                    .find(VendorFacts.MIGRATION_FACT)
                    .orElseThrow()
                    .supply())
        : unknown("no rule pack speaks of " + driver(facts));
  }

  private static String driver(VendorFacts facts) {
    return facts.driver() instanceof Parsed.Value<String>(String name)
        ? "the driver " + Quoted.of(name)
        : "a device that no known driver holds";
  }

  private static Migratability unknown(String detail) {
    return new Migratability(Shown.UNKNOWN, detail);
  }
}
