package io.fleetcompat.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/**
 * A tick makes Streams commit, whatever it did: so there are none while nothing is to be judged.
 */
class JudgeTicksTest {

  private static final int MAX_TICKS = 10;

  private final MockProcessorContext<byte[], byte[]> context = JudgeContext.empty();
  private final JudgeProcessor judge =
      new JudgeProcessor(
          new Topics("", 1, (short) 1),
          new PipedRecords(),
          new Comparing(new PipedRecords(), Duration.ofMinutes(1)),
          new JudgeOptions(Duration.ofHours(1), 10, Duration.ofMinutes(10)),
          new WantedRules(RuleSet.of(Set.of())),
          new IndexerMetrics(new SimpleMeterRegistry()));

  @Test
  void itTicksOnlyWhileSomethingIsToBeJudged() {
    judge.init(context);
    assertThat(ticks()).as("the first generation").hasSize(1);
    tick();
    assertThat(ticks()).isEmpty();
    census("1.0.0", 0);
    assertThat(ticks()).as("a new profile").hasSize(1);
    census("1.1.0", 0);
    assertThat(ticks()).as("and another").hasSize(1);
    tick();
    assertThat(ticks()).isEmpty();
    census("1.1.0", 7);
    assertThat(ticks()).as("a profile that is known").isEmpty();
  }

  private List<CapturedPunctuator> ticks() {
    return context.scheduledPunctuators().stream()
        .filter(p -> !p.cancelled() && p.getInterval().compareTo(Duration.ofSeconds(1)) < 0)
        .toList();
  }

  /** On a busy machine the work of one tick may take several. */
  private void tick() {
    for (int most = 0; most < MAX_TICKS && !ticks().isEmpty(); most++) {
      ticks().getFirst().getPunctuator().punctuate(0);
    }
  }

  private void census(String version, int partition) {
    Profile profile = Profiles.ofVersion(version);
    Census census =
        new Census(
            partition, new FingerprintBytes(profile.fingerprint().bytes()), 1, profile.canonical());
    context.setRecordMetadata("census", 0, 0);
    byte[] key =
        RecordKeys.CENSUS.encode(new CensusKey(partition, profile.fingerprint().toString()));
    judge.process(new Record<>(key, Codecs.CENSUS.encode(census), 0));
  }
}
