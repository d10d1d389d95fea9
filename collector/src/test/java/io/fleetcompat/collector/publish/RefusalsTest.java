package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The refusals of documents, by which a host falls silent. */
class RefusalsTest {

  private static final Outbox.Slot SLOT = new Outbox.Slot("host-inventory", "h");

  private final Refusals refusals = new Refusals();

  @Test
  void anOlderDocumentThatArrivesLateSettlesNothing() {
    long older = refusals.next();
    long newer = refusals.next();
    refusals.refuse(SLOT, newer, "a kernel release that is too long");
    refusals.settle("h", older);
    assertThat(refusals.of("h").orElseThrow()).contains("kernel");
    refusals.settle("h", refusals.next());
    assertThat(refusals.of("h")).isEmpty();
  }

  @Test
  void anOlderDocumentThatIsRefusedLateHidesNothing() {
    long older = refusals.next();
    refusals.refuse(SLOT, refusals.next(), "newer");
    refusals.refuse(SLOT, older, "older");
    assertThat(refusals.of("h").orElseThrow()).contains("newer");
    assertThat(refusals.of("another")).isEmpty();
  }
}
