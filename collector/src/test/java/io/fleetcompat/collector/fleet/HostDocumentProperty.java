package io.fleetcompat.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.HostName;

/** The laws of {@code host.json}: it comes back equal, or a refusal says what was expected. */
public final class HostDocumentProperty {

  private static final int MOST_OF_A_REFUSAL = 1000;

  private HostDocumentProperty() {}

  public static boolean accepts(byte[] input) throws BadHostException {
    HostDocument document;
    try {
      document = HostDocument.parse(input);
    } catch (BadHostException e) {
      assertThat(e)
          .hasMessageContaining("expected ")
          .hasMessageContaining("found ")
          .hasMessageNotContaining("\n");
      assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(MOST_OF_A_REFUSAL);
      return false;
    }
    assertThat(document.name().stream().toList()).allMatch(HostName::isValid);
    assertThat(HostDocument.parse(document.encode())).isEqualTo(document);
    return true;
  }
}
