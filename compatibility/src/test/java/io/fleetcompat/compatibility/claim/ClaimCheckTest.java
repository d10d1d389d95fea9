package io.fleetcompat.compatibility.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.claim.ClaimCheck.Finding;
import io.fleetcompat.compatibility.judge.Migratability;
import io.fleetcompat.compatibility.judge.Migratability.Shown;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimCheckTest {

  @ParameterizedTest
  @CsvSource({
    "YES, MIGRATABLE,     CONFIRMED",
    "YES, NOT_MIGRATABLE, CONTRADICTED",
    "YES, UNKNOWN,        NOT_COMPARED",
    "NO,  MIGRATABLE,     CONTRADICTED",
    "NO,  NOT_MIGRATABLE, CONFIRMED",
    "NO,  UNKNOWN,        NOT_COMPARED",
  })
  void nothingThatIsUnknownContradictsAnything(Claim declared, Shown observed, Finding finding) {
    Migratability shown = new Migratability(observed, "so it is");

    assertThat(new ClaimCheck(declared, shown).finding()).isEqualTo(finding);
  }
}
