package io.fleetcompat.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.testing.Mutations;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** The records of every topic, in every released form, damaged. */
class MutatedRecordsTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20261127);
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final Path GOLDEN = Path.of("../schemas/src/test/resources/golden");

  @Test
  void damagedRecordsAreBadRecordsOrMeanWhatTheySay() throws Exception {
    List<byte[]> samples = golden();
    assertThat(samples).hasSizeGreaterThan(30);
    List<RecordCodec<?>> codecs = codecs();
    assertThat(codecs).hasSizeGreaterThan(20);
    Mutations mutations = new Mutations(SEED, samples);
    int good = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutations.get();
      for (RecordCodec<?> codec : codecs) {
        good += decoded(codec, input, i) ? 1 : 0;
      }
    }
    assertThat(good).as("inputs that are records all the same").isPositive();
  }

  /** True where it is a record; then it comes back equal. */
  private static <T extends SpecificRecord> boolean decoded(
      RecordCodec<T> codec, byte[] input, int number) {
    T record;
    try {
      record = codec.decode(input);
    } catch (BadRecordException e) {
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed %d, input %d: %s", SEED, number, HexFormat.of().formatHex(input), e);
    }
    try {
      assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
      return true;
    } catch (BadRecordException e) {
      return fail("seed %d, input %d: what was decoded is refused", SEED, number, e);
    }
  }

  private static List<byte[]> golden() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      List<byte[]> samples = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".hex")).sorted().toList()) {
        samples.add(HexFormat.of().parseHex(Files.readString(file).strip()));
      }
      return samples;
    }
  }

  private static List<RecordCodec<?>> codecs() throws IllegalAccessException {
    List<RecordCodec<?>> codecs = new ArrayList<>();
    for (Field field : Codecs.class.getFields()) {
      if (field.get(null) instanceof RecordCodec<?> codec) {
        codecs.add(codec);
      }
    }
    return codecs;
  }
}
