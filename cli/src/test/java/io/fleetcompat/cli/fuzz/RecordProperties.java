package io.fleetcompat.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.KeyCodec;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** The laws of what topics hold: refused as a bad record, or the one spelling of what it means. */
final class RecordProperties {

  private static final Path GOLDEN = Path.of("../schemas/src/test/resources/golden");
  private static final int MOST_OF_A_REFUSAL = 4000;
  private static final List<RecordCodec<?>> CODECS = codecs();
  private static final List<Topic<?, ?>> TOPICS = new Topics("", 1, (short) 1).all();
  private static final Judge JUDGE = new Judge(EnumSet.allOf(Policy.class));

  private RecordProperties() {}

  /** The records of every topic, in every released form. */
  static List<byte[]> samples() throws IOException {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      List<byte[]> samples = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".hex")).sorted().toList()) {
        samples.add(HexFormat.of().parseHex(Files.readString(file).strip()));
      }
      return samples;
    }
  }

  /** A value, to every codec. */
  static boolean value(byte[] input) throws BadRecordException {
    boolean accepted = false;
    for (RecordCodec<?> codec : CODECS) {
      accepted |= decoded(codec, input);
    }
    return accepted;
  }

  private static <T extends SpecificRecord> boolean decoded(RecordCodec<T> codec, byte[] input)
      throws BadRecordException {
    T record;
    try {
      record = codec.decode(input);
    } catch (BadRecordException e) {
      assertThat(String.valueOf(e.getMessage()))
          .contains("expected ")
          .hasSizeLessThan(MOST_OF_A_REFUSAL);
      return false;
    }
    byte[] again = codec.encode(record);
    assertThat(codec.decode(again)).isEqualTo(record);
    assertThat(codec.encode(codec.decode(again))).isEqualTo(again);
    return true;
  }

  /** A key, to every topic: where it is one, these bytes are the only spelling. */
  static boolean key(byte[] input) {
    boolean accepted = false;
    for (Topic<?, ?> topic : TOPICS) {
      accepted |= !topic.name().equals("rejected") && isKey(topic.keys(), input);
    }
    return accepted;
  }

  private static <K> boolean isKey(KeyCodec<K> codec, byte[] input) {
    try {
      assertThat(codec.encode(codec.decode(input))).isEqualTo(input);
      return true;
    } catch (BadRecordException e) {
      assertThat(String.valueOf(e.getMessage())).contains("expected ");
      return false;
    }
  }

  /** Profiles with most facets. */
  static List<byte[]> profiles() {
    Map<String, Attribute> type =
        Map.of(
            "device_api", new Attribute.Text("vfio-pci"),
            "software_version", new Attribute.Text("1.2.0"),
            "compatible_pci_ids", new Attribute.Malformed("expected UTF-8"),
            "migration_version", new Attribute.Unreadable("EIO"));
    Map<String, Attribute> function =
        Map.of(
            "migration/self", new Attribute.Text("type=i915_4"),
            "migration/compatible", new Attribute.Text("type=i915_{v:int:2,4}\nagg={v}/2"));
    Map<String, Attribute> pci =
        Map.of(
            "vendor", new Attribute.Text("0x8086"), "driver", new Attribute.Text("mlx5_vfio_pci"));
    return Stream.of(
            new Endpoint(
                EndpointName.type("0000:00:02.0", "a"),
                EndpointKind.MDEV_TYPE,
                Optional.of("a"),
                Attributes.of(type),
                Attributes.NONE,
                Attributes.of(pci)),
            new Endpoint(
                EndpointName.device("0000:00:02.1"),
                EndpointKind.PCI_FUNCTION,
                Optional.empty(),
                Attributes.of(function),
                Attributes.NONE,
                Attributes.of(pci)))
        .map(endpoint -> Profile.of(endpoint).canonical().getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  /** The content of a profile: what is taken can be judged, and is canonical. */
  static boolean profile(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Profile profile;
    try {
      profile = Profile.parse(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
    assertThat(profile.canonical()).isEqualTo(text);
    assertThat(JUDGE.judge(profile, profile).outcome()).isEqualTo(JUDGE.outcome(profile, profile));
    Profile device = profile.ofDevice();
    assertThat(Profile.parse(device.canonical())).isEqualTo(device);
    return true;
  }

  private static List<RecordCodec<?>> codecs() {
    List<RecordCodec<?>> codecs = new ArrayList<>();
    for (Field field : Codecs.class.getFields()) {
      try {
        if (field.get(null) instanceof RecordCodec<?> codec) {
          codecs.add(codec);
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return List.copyOf(codecs);
  }
}
