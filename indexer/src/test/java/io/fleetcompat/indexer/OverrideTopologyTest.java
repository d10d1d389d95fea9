package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.schemas.avro.Rejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overrides that nobody can use are kept where such records are kept, and the others are not. */
class OverrideTopologyTest {

  private static final byte[] GARBAGE = "no record".getBytes(StandardCharsets.UTF_8);

  @TempDir Path state;

  @Test
  void eachThatCannotBeUsedIsKeptWithItsCause() {
    try (Driver driver = new Driver(state)) {
      driver.override("good", override("nvidia-vfio/ecc-mode"));
      driver.override("good", GARBAGE);
      driver.override("NO ID", override("nvidia-vfio/ecc-mode"));
      driver.override("structural", override("facet-missing"));
      driver.override("good", null);
      driver.override("gone", null);
      assertThat(driver.published.rejected)
          .extracting(Rejected::getTopic, Rejected::getOffset, Rejected::getCode)
          .containsExactly(
              tuple("overrides", 1L, "undecodable"),
              tuple("overrides", 2L, "invalid"),
              tuple("overrides", 3L, "invalid"));
      assertThat(driver.published.rejected.getLast().getFound()).isEqualTo("facet-missing");
      assertThat(driver.published.rejected.getFirst().getValue().array()).isEqualTo(GARBAGE);
      assertThat(driver.count("records.rejected", "code", "invalid")).isEqualTo(2);
    }
  }

  private static byte[] override(String rule) {
    return Codecs.OVERRIDE.encode(
        new OverrideRecord(
            rule,
            OverrideScopeKind.POOL,
            "blue",
            "green",
            "an.operator",
            "tried",
            Instant.EPOCH,
            null,
            null));
  }
}
