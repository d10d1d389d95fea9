package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeRulesTest {

  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final ProbedAnswer YES = new ProbedAnswer("h1", "virtio0", AT, 0, "");

  private static InconclusiveProbe inVain(int errno, String name, String detail) {
    return new InconclusiveProbe("h1", "virtio0", AT, errno, name, detail);
  }

  private static ProbedPair pair(List<ProbedAnswer> answers, @Nullable InconclusiveProbe inVain) {
    return new ProbedPair("v1", "{}", answers, inVain, List.of());
  }

  private static ProbedPair read(ProbedPair pair) throws BadRecordException {
    return Codecs.PROBED_PAIR.decode(Codecs.PROBED_PAIR.encode(pair));
  }

  @Test
  void aPairWithoutAnswersSaysWhoWasAskedInVain() throws BadRecordException {
    ProbedPair asked = pair(List.of(), inVain(110, "ETIMEDOUT", "no answer"));
    assertThat(read(asked)).isEqualTo(asked);
    ProbedPair both = pair(List.of(YES), inVain(0, "", "x".repeat(Limits.PROBE_DETAIL)));
    assertThat(read(both)).isEqualTo(both);
    assertThatThrownBy(() -> read(pair(List.of(), null))).hasMessageContaining("1 to 4 answers");
    assertThatThrownBy(() -> read(pair(Collections.nCopies(5, YES), inVain(0, "", ""))))
        .hasMessageContaining("0 to 4 answers");
  }

  @Test
  void answersAloneAreWrittenAsTheFirstReleaseHasThem() throws BadRecordException {
    ProbedPair answered = pair(List.of(YES), null);
    byte[] bytes = Codecs.PROBED_PAIR.encode(answered);
    assertThat(release(bytes)).isEqualTo(1);
    assertThat(read(answered)).isEqualTo(answered);
    assertThat(release(Codecs.PROBED_PAIR.encode(pair(List.of(YES), inVain(0, "", "")))))
        .isEqualTo(2);
  }

  /** The release by whose schema bytes are written, from 1. */
  private static int release(byte[] bytes) {
    long written = ByteBuffer.wrap(bytes, 2, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return 1
        + ReleasedSchemas.of("ProbedPair").stream()
            .map(SchemaNormalization::parsingFingerprint64)
            .toList()
            .indexOf(written);
  }

  @ParameterizedTest
  @CsvSource({"0, EBUSY, 1", "16, '', 1", "-1, EBUSY, 1", "16, busy, 1", "0, '', 513"})
  void whatWasAskedInVainIsBounded(int errno, String name, int length) {
    InconclusiveProbe wrong = inVain(errno, name, "x".repeat(length));
    assertThatThrownBy(() -> read(pair(List.of(YES), wrong)))
        .isInstanceOf(BadRecordException.class);
  }
}
