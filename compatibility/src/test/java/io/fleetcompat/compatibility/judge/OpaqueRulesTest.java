package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/rules.md 3.3, row by row. */
class OpaqueRulesTest {

  private static final String UNPROBED = "UNKNOWN opaque-unprobed/absent";

  private static EndpointBuilder type(String id, String version) {
    return EndpointBuilder.type(id).own("migration_version", version).pci("vendor", "0x8086");
  }

  private static EndpointBuilder device(String type, String version) {
    return EndpointBuilder.device(type).own("migration_version", version).pci("vendor", "0x8086");
  }

  private static EndpointBuilder failing(String errno) {
    return EndpointBuilder.device("t")
        .own("migration_version", new Attribute.Unreadable(errno))
        .pci("vendor", "0x8086");
  }

  @Test
  void typesOfTheSameTypeAreToBeProbedAndOthersAreNot() {
    assertThat(Found.of(type("t", "v1"), type("t", "v2"))).isEqualTo(UNPROBED);
    assertThat(Found.of(type("t", "v1"), type("u", "v1"))).isEqualTo("INCOMPATIBLE mdev-type");
  }

  @Test
  void whatIsToBeProbedNamesBothStrings() {
    assertThat(Found.verdict(device("t", "v1"), device("t", "v2")).reasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.source()).contains("v1");
              assertThat(reason.destination()).contains("v2");
            });
  }

  @Test
  void devicesMayBeOfDifferentTypes() {
    assertThat(Found.of(device("t", "v1"), device("u", "v2"))).isEqualTo(UNPROBED);
    EndpointBuilder function = EndpointBuilder.function().own("migration_version", "v");
    assertThat(Found.of(function, function)).isEqualTo(UNPROBED);
  }

  @Test
  void theAttributeOfItsTypeBringsTheConditionOfTheSameType() {
    EndpointBuilder ofType =
        EndpointBuilder.device("t").type("migration_version", "v").pci("vendor", "0x8086");
    assertThat(Found.of(ofType, device("t", "v"))).isEqualTo(UNPROBED);
    assertThat(Found.of(ofType, device("u", "v"))).isEqualTo("INCOMPATIBLE mdev-type");
    assertThat(Found.of(device("u", "v"), ofType)).isEqualTo("INCOMPATIBLE mdev-type");
    assertThat(Found.of(device("u", "v"), type("t", "v"))).isEqualTo("INCOMPATIBLE mdev-type");
    assertThat(Found.of(type("t", "v"), device("u", "v"))).isEqualTo("INCOMPATIBLE mdev-type");
    // The policy is about the other interface.
    assertThat(Found.of(ofType, device("u", "v"), Policy.CROSS_TYPE))
        .isEqualTo("INCOMPATIBLE mdev-type");
  }

  @Test
  void theOwnNodeComesBeforeTheType() {
    EndpointBuilder both = device("t", "own").type("migration_version", "of the type");
    assertThat(Found.of(both, device("u", "v"))).isEqualTo(UNPROBED);
    EndpointBuilder unreadable = failing("EIO").type("migration_version", "of the type");
    assertThat(Found.of(unreadable, device("t", "v")))
        .isEqualTo("UNKNOWN opaque-version/unreadable");
  }

  @Test
  void theOldSpellingIsOneOfTypesAndMdevDevicesOnly() {
    EndpointBuilder old = EndpointBuilder.type("t").own("version", "v");
    assertThat(old.profile().facetIds())
        .containsExactly(FacetId.OPAQUE_VERSION, FacetId.VENDOR_RULES);
    assertThat(EndpointBuilder.device("t").own("version", "v").profile().isDeclared()).isTrue();
    assertThat(EndpointBuilder.device("t").type("version", "v").profile().isDeclared()).isTrue();
    assertThat(EndpointBuilder.function().own("version", "v").profile().isDeclared()).isFalse();
  }

  @Test
  void withoutTheAttributeTheDestinationIsIncompatibleOrNotYetKnown() {
    EndpointBuilder ofType = EndpointBuilder.device("t").type("migration_version", "v");
    EndpointBuilder nothing = EndpointBuilder.type("u").pci("vendor", "0x10de");
    assertThat(Found.of(device("t", "v"), EndpointBuilder.device("u")))
        .isEqualTo("INCOMPATIBLE opaque-missing");
    assertThat(Found.of(device("t", "v"), nothing)).isEqualTo("UNKNOWN opaque-missing/absent");
    assertThat(Found.of(ofType, nothing)).isEqualTo("INCOMPATIBLE opaque-missing");
    assertThat(Found.of(type("t", "v"), nothing)).isEqualTo("INCOMPATIBLE opaque-missing");
    assertThat(Found.of(failing("EINVAL"), EndpointBuilder.device("t")))
        .isEqualTo("INCOMPATIBLE opaque-missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EACCES", "EPERM", "EIO", "ENODEV", "ETIMEDOUT"})
  void anInconclusiveErrorOfReadingIsUnknownAtEitherSide(String errno) {
    String unknown = "UNKNOWN opaque-version/unreadable";
    assertThat(Found.of(failing(errno), device("t", "v"))).isEqualTo(unknown);
    assertThat(Found.of(device("t", "v"), failing(errno))).isEqualTo(unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EINVAL", "EOPNOTSUPP", "ENOTTY", "EBUSY"})
  void anotherErrorOfReadingIsTheSourcesAnswer(String errno) {
    Verdict verdict = Found.verdict(failing(errno), device("t", "v"));
    assertThat(Found.of(verdict)).isEqualTo("INCOMPATIBLE opaque-not-migratable");
    assertThat(verdict.reasons().getFirst().detail()).contains(errno);
    assertThat(Found.of(device("t", "v"), failing(errno)))
        .isEqualTo("UNKNOWN opaque-version/unreadable");
    assertThat(Found.of(failing(errno), failing(errno)))
        .isEqualTo("INCOMPATIBLE opaque-version/unreadable, opaque-not-migratable");
  }

  @Test
  void anEmptyOrOverlongStringIsMalformed() {
    String malformed = "UNKNOWN opaque-version/malformed";
    for (String bad : new String[] {"", "x".repeat(4096), "é".repeat(2048)}) {
      assertThat(Found.of(device("t", bad), device("t", "v"))).isEqualTo(malformed);
      assertThat(Found.of(device("t", "v"), device("t", bad))).isEqualTo(malformed);
    }
    assertThat(Found.of(device("t", "x".repeat(4095)), device("t", "v"))).isEqualTo(UNPROBED);
  }

  @ParameterizedTest
  @CsvSource({
    "0x8086, 0x8086, UNKNOWN opaque-unprobed/absent",
    "0x8086, 0X8086, UNKNOWN opaque-unprobed/absent",
    "0x8086, 0x10de, INCOMPATIBLE vendor",
    "-, -, UNKNOWN opaque-unprobed/absent",
    "-, 0x8086, 'UNKNOWN opaque-unprobed/absent, vendor/absent'",
    "0x8086, -, 'UNKNOWN opaque-unprobed/absent, vendor/absent'",
    "EIO, 0x8086, 'UNKNOWN opaque-unprobed/absent, vendor/unreadable'",
    "0x8086, intel, 'UNKNOWN opaque-unprobed/absent, vendor/malformed'",
    "EIO, EIO, 'UNKNOWN opaque-unprobed/absent, vendor/unreadable'"
  })
  void aStringIsPrivateToAVendor(String source, String destination, String verdict) {
    assertThat(Found.of(ofVendor(source), ofVendor(destination))).isEqualTo(verdict);
  }

  private static EndpointBuilder ofVendor(String vendor) {
    Attribute attribute =
        switch (vendor) {
          case "-" -> Attribute.ABSENT;
          case "EIO" -> new Attribute.Unreadable("EIO");
          default -> new Attribute.Text(vendor);
        };
    return EndpointBuilder.type("t").own("migration_version", "v").pci("vendor", attribute);
  }

  @Test
  void typesAndVendorsThatDifferAreListedWithTheOtherReasons() {
    assertThat(Found.of(type("t", "v"), type("u", "").pci("vendor", "0x10de")))
        .isEqualTo("INCOMPATIBLE mdev-type, opaque-version/malformed, vendor");
  }

  @Test
  void theStringIsNeverShown() {
    Verdict verdict = Found.verdict(device("t", "s3cret"), failing("EIO"));
    assertThat(verdict.reasons().getFirst().destination()).isEmpty();
  }

  private static Verdict answered(ProbeVerdict verdict) {
    Profile type = EndpointBuilder.type("t").own("migration_version", "v").profile();
    return new Judge(Set.of()).judge(type, type, (_, _) -> Optional.of(verdict));
  }

  @Test
  void aYesOfOneHostSaysThatNobodyHasConfirmedIt() {
    DriverAnswer first = new DriverAnswer("h1", "p/t", "2026-11-26T00:00:00Z", 0, "");
    Verdict once = answered(new ProbeVerdict(List.of(first)));
    assertThat(once.outcome()).isEqualTo(Verdict.Outcome.COMPATIBLE);
    assertThat(once.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.rule()).isEqualTo(FixedRule.OPAQUE_UNCONFIRMED);
              assertThat(warning.detail())
                  .isEqualTo(
                      "one host has answered; not yet confirmed on a second: h1 accepted it (p/t,"
                          + " 2026-11-26T00:00:00Z)");
            });
    DriverAnswer same = new DriverAnswer("h1", "q/t", "2026-11-26T00:00:01Z", 0, "");
    assertThat(answered(new ProbeVerdict(List.of(first, same))).warnings()).hasSize(1);
    DriverAnswer second = new DriverAnswer("h2", "p/t", "2026-11-26T00:00:01Z", 0, "");
    assertThat(answered(new ProbeVerdict(List.of(first, second))).warnings()).isEmpty();
    assertThat(answered(new ProbeVerdict(List.of(first), true)).warnings()).isEmpty();
  }

  @Test
  void aRefusalNeedsNoConfirmation() {
    DriverAnswer no = new DriverAnswer("h1", "p/t", "2026-11-26T00:00:00Z", 22, "EINVAL");
    Verdict verdict = answered(new ProbeVerdict(List.of(no)));
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.INCOMPATIBLE);
    assertThat(verdict.warnings()).isEmpty();
  }

  /** The answers of nobody, and how far a question has come. */
  private static Verdict unanswered(ProbeProgress progress, List<DriverAnswer> answers) {
    Profile type = EndpointBuilder.type("t").own("migration_version", "v").profile();
    return new Judge(Set.of())
        .judge(
            type,
            type,
            new ProbeAnswers() {
              @Override
              public Optional<ProbeVerdict> find(Profile source, Profile destination) {
                return answers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ProbeVerdict(answers));
              }

              @Override
              public ProbeProgress progress(Profile source, Profile destination) {
                return progress;
              }
            });
  }

  private static final String ASKED =
      "it has not answered: h1 was asked at 2026-11-26T00:00:00Z (p/t): ETIMEDOUT, the driver did"
          + " not answer within 2000 ms";

  private static InconclusiveAnswer inVain(String name, String detail) {
    return new InconclusiveAnswer("h1", "p/t", "2026-11-26T00:00:00Z", name, detail);
  }

  private static ProbeProgress progress(ProbeProgress.Probers probers, String name, String detail) {
    return new ProbeProgress(Optional.of(inVain(name, detail)), probers);
  }

  @Test
  void whoWasAskedInVainIsToldAndDecidesNothing() {
    String detail = "the driver did not answer within 2000 ms";
    for (ProbeProgress.Probers probers : ProbeProgress.Probers.values()) {
      Verdict verdict = unanswered(progress(probers, "ETIMEDOUT", detail), List.of());
      assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.UNKNOWN);
      assertThat(verdict.reasons())
          .singleElement()
          .satisfies(
              reason -> {
                assertThat(reason.rule()).isEqualTo(FixedRule.OPAQUE_UNPROBED);
                assertThat(reason.detail()).contains(ASKED).doesNotContain("nobody has written");
              });
      String told = verdict.reasons().getFirst().detail();
      assertThat(told.contains("asked again, on another host where there is one"))
          .isEqualTo(probers == ProbeProgress.Probers.SOME);
      assertThat(told.contains("no host of the destination's class that is heard of may ask"))
          .isEqualTo(probers == ProbeProgress.Probers.NONE);
    }
  }

  @Test
  void whereNobodyMayAskTheReasonSaysHowToChangeThat() {
    ProbeProgress none = new ProbeProgress(Optional.empty(), ProbeProgress.Probers.NONE);
    assertThat(unanswered(none, List.of()).reasons().getFirst().detail())
        .contains("nobody has written", "no host of the destination's class", "collect --probe");
    ProbeProgress some = new ProbeProgress(Optional.empty(), ProbeProgress.Probers.SOME);
    assertThat(unanswered(some, List.of()).reasons().getFirst().detail())
        .endsWith("a collector of the destination's class is going to be asked to");
  }

  @Test
  void aYesOfOneHostSaysWhoElseWasAskedInVain() {
    DriverAnswer yes = new DriverAnswer("h0", "p/t", "2026-11-26T00:00:00Z", 0, "");
    Verdict verdict =
        unanswered(
            progress(ProbeProgress.Probers.SOME, "EBUSY", "write(2) failed with EBUSY"),
            List.of(yes));
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.COMPATIBLE);
    assertThat(verdict.warnings().getFirst().detail())
        .contains("h0 accepted it")
        .endsWith("; h1 was asked at 2026-11-26T00:00:00Z (p/t): write(2) failed with EBUSY");
    DriverAnswer no = new DriverAnswer("h0", "p/t", "2026-11-26T00:00:00Z", 22, "EINVAL");
    assertThat(unanswered(progress(ProbeProgress.Probers.SOME, "EBUSY", ""), List.of(no)).outcome())
        .isEqualTo(Verdict.Outcome.INCOMPATIBLE);
  }
}
