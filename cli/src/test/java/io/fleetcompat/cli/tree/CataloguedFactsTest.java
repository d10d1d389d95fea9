package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CataloguedFactsTest {

  private static final CataloguedFacts KNOWN = new CataloguedFacts();

  @ParameterizedTest
  @CsvSource({
    "nvidia.ecc_mode,Enabled",
    "nvidia.vgpu_version_min,5",
    "nova.live_migratable,yes",
    "qat.accel_capabilities_mask,0x1f",
    "site.rack,anything"
  })
  void factsThatFitAreRight(String name, String value) {
    assertThat(KNOWN.problem(name, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nvidia.ecc_mode | bogus | nvidia.ecc_mode: expected one of enabled, disabled, N/A, found 'bogus'
          nvidia.vgpu_version_min | abc | nvidia.vgpu_version_min: expected a decimal number, found 'abc'
          nova.live_migratable | perhaps | nova.live_migratable: expected one of yes, no, found 'perhaps'
          nvidia.vgpu_versoin_min | 5 | expected a fact that rules know, or site.NAME, found 'nvidia.vgpu_versoin_min'; did you mean 'nvidia.vgpu_version_min'?
          pci.vendor | 0x10de | expected a fact that rules know, or site.NAME, found 'pci.vendor'
          completely.else | 5 | expected a fact that rules know, or site.NAME, found 'completely.else'
          """)
  void othersAreToldWithWhatWasExpected(String name, String value, String problem) {
    assertThat(KNOWN.problem(name, value)).contains(problem);
  }

  @Test
  void theNamesAreThoseOfFactsAlone() {
    assertThat(KNOWN.names()).contains("nvidia.ecc_mode", "nova.live_migratable");
    assertThat(KNOWN.names()).noneMatch(name -> name.startsWith("vendor") || name.contains("/"));
  }
}
