package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 0, 4096, 4096",
    "20000, 100, 4096, 4096",
    "1024, 100, 4096, 540",
    "1024, 100, 500, 500",
    "300, 290, 4096, 16",
  })
  void connectionsLeaveFilesForAllElse(long most, long open, int wanted, int connections) {
    assertThat(new OpenFiles(most, open).connections(wanted)).isEqualTo(connections);
  }
}
