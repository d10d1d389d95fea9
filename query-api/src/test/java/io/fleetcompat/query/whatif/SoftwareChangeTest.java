package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.whatif.HypotheticalChange.DriverVersion;
import io.fleetcompat.query.whatif.WhatIfResult.NotApplied;
import io.fleetcompat.schemas.BadRecordException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Other software of hosts: where it is, where it changes nothing, and what is not known under it.
 */
class SoftwareChangeTest {

  private final WhatIf whatIf = new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  @Test
  void theVersionOfADriverIsSetWhereTheProfileHoldsIt() throws BadRecordException {
    IndexView view = ChangedFleets.fleet(new Random(6)).view(ChangedFleets.JUDGE);
    HypotheticalChange change =
        ChangedFleets.change(
            ChangedFleets.select(List.of("host-3")),
            Map.of(),
            Optional.of(new DriverVersion("i915", "9.9.0")));
    assertThatThrownBy(
            () ->
                HypotheticalFleet.of(
                    view,
                    ChangedFleets.change(
                        ChangedFleets.select(List.of("host-3")),
                        Map.of(),
                        Optional.of(new DriverVersion("nvidia", "9.9.0"))),
                    Deadline.NONE))
        .isInstanceOf(ImpossibleChangeException.class)
        .hasMessageContaining("expected a driver of the selected hosts, found 'nvidia'")
        .hasMessageContaining("'i915'");
    assertThat(whatIf.find(view, change, 0, Deadline.NONE).profiles())
        .isNotEmpty()
        .allSatisfy(
            profile ->
                assertThat(profile.attributes())
                    .anySatisfy(
                        each -> {
                          assertThat(each.name()).isEqualTo("software_version");
                          assertThat(each.to()).hasValue("9.9.0");
                        })
                    .allSatisfy(
                        each ->
                            assertThat(each.to().orElseThrow())
                                .matches("9\\.9\\.0|not seen: opaque-. under 9\\.9\\.0")));
  }

  @Test
  void whatChangesNoProfileIsSaid() throws BadRecordException {
    IndexView view = ChangedFleets.fleet(new Random(6)).view(ChangedFleets.JUDGE);
    HypotheticalChange whole =
        ChangedFleets.change(
            ChangedFleets.select(List.of("host-3", "host-4")),
            Map.of("software_version", "9.9.0", "pci/class", "0x030000"),
            Optional.of(new DriverVersion("i915", "9.9.0")));
    WhatIfResult found =
        whatIf.find(
            view,
            whole.withSoftware(whole.attributes(), whole.driver(), Optional.of("7.0.0")),
            0,
            Deadline.NONE);
    assertThat(found.notApplied())
        .as("all have that class; under another kernel one has another string")
        .contains(
            new NotApplied(NotApplied.Kind.SET, "pci/class", 2),
            new NotApplied(NotApplied.Kind.KERNEL, "7.0.0", 1))
        .noneMatch(part -> part.name().equals("software_version"));
    assertThat(
            whatIf
                .find(
                    view,
                    ChangedFleets.change(
                        ChangedFleets.select(List.of("host-3")),
                        Map.of("pci/class", "0x1"),
                        Optional.empty()),
                    0,
                    Deadline.NONE)
                .notApplied())
        .isEmpty();
  }

  @Test
  void underAnotherDriverWhatOnlyTheOldOneUnderstandsIsUnknown() throws BadRecordException {
    RawFleet fleet = ChangedFleets.fleet(new Random(5));
    fleet.hosts().replaceAll((_, host) -> ChangedFleets.with(host, "migration_version", "known"));
    WhatIfResult found =
        whatIf.find(
            fleet.view(ChangedFleets.JUDGE),
            ChangedFleets.change(
                ChangedFleets.select(List.of("host-1")), Map.of("driver", "xe"), Optional.empty()),
            0,
            Deadline.NONE);
    assertThat(found.profiles())
        .isNotEmpty()
        .allSatisfy(
            profile ->
                assertThat(profile.attributes())
                    .anySatisfy(
                        each -> {
                          assertThat(each.name()).isEqualTo("migration_version");
                          assertThat(each.to()).hasValue("not seen: known under xe");
                        }));
  }
}
