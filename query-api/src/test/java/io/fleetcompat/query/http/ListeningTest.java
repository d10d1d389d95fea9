package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** The API starts nothing where it cannot listen. */
class ListeningTest {

  @Test
  void aPortThatIsTakenIsRefusedByNumber() throws Exception {
    try (ApiFixture first = new ApiFixture()) {
      assertThatThrownBy(
              () -> HttpApi.start("127.0.0.1", first.port(), HttpBounds.DEFAULTS, first.source))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("choose others");
    }
  }

  @Test
  void anAddressThatIsNotOfThisMachineIsRefused() throws Exception {
    try (ApiFixture any = new ApiFixture()) {
      assertThatThrownBy(() -> HttpApi.start("192.0.2.1", 0, HttpBounds.DEFAULTS, any.source))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("192.0.2.1:0");
    }
  }
}
