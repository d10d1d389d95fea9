package io.fleetcompat.query.whatif;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Changes that cannot be made: refused, with what there is. */
class ImpossibleChangeTest {

  private final WhatIf whatIf = new WhatIf(() -> new PairVerdicts<>(WrittenVerdict.FORM));

  @Test
  void whatCannotBeIsRefusedWithWhatThereIs() throws BadRecordException {
    IndexView view = ChangedFleets.fleet(new Random(7)).view(ChangedFleets.JUDGE);
    refused(
            view,
            ChangedFleets.change(
                ChangedFleets.select(List.of()), Map.of("software_version", "1"), Optional.empty()))
        .hasMessageContaining("select: expected the hosts that change");
    refused(view, ChangedFleets.change(ChangedFleets.select(List.of()), Map.of(), Optional.empty()))
        .hasMessageContaining("expected a change");
    refused(
            view,
            ChangedFleets.change(
                ChangedFleets.select(List.of("nobody")), Map.of("driver", "x"), Optional.empty()))
        .hasMessageContaining("expected a host of the index");
    refused(
            view,
            ChangedFleets.change(
                ChangedFleets.select(List.of("host-1")), Map.of("features", "1"), Optional.empty()))
        .hasMessageContaining("found 'features'; they have:")
        .hasMessageContaining("software_version");
    HostSelection label =
        new HostSelection(
            List.of(),
            Optional.of("a"),
            Map.of("pool", "c"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    refused(view, ChangedFleets.change(label, Map.of("driver", "x"), Optional.empty()))
        .hasMessageContaining("label 'pool' 'c', found none among")
        .hasMessageContaining("there is: 'a'");
  }

  private AbstractThrowableAssert<?, ?> refused(IndexView view, HypotheticalChange change) {
    return assertThatThrownBy(() -> whatIf.find(view, change, 0, Deadline.NONE))
        .isInstanceOf(ImpossibleChangeException.class);
  }
}
