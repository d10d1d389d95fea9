package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.avro.CapacityOffer;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Types that repeat on the VFs of a card are stored and sent once (ADR 0021). */
class RepeatedTypesTest {

  private static final int VFS = 8 * 48;
  private static final int TYPES = 66;

  @Test
  void aHostOf25728EndpointsIsASmallDocumentAndReadsAsItWas() throws BadRecordException {
    HostReading reading = host(VFS, TYPES);
    HostInventory document = InventoryDocument.of(reading, "h", Map.of());
    assertThat(document.getEndpoints()).hasSize(VFS);
    assertThat(document.getOffers()).hasSize(1);
    byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
    assertThat(bytes.length).isLessThan(40_000);
    assertThat(InventoryDocument.endpoints(Codecs.HOST_INVENTORY.decode(bytes)))
        .isEqualTo(reading.endpointsInContext())
        .hasSize(VFS * (TYPES + 1));
  }

  @Test
  void capacitiesThatRepeatAreSentOnce() throws BadRecordException {
    Map<EndpointName, Integer> capacity = new TreeMap<>();
    for (int vf = 0; vf < VFS; vf++) {
      for (int type = 0; type < TYPES; type++) {
        capacity.put(name(vf, type), vf % 3 == 0 ? 1 : 0);
      }
    }
    capacity.put(EndpointName.type("alone", "t"), 7);
    HostCapacity heartbeat =
        CapacityRecord.of(
            "h",
            DocumentId.byVersion(new DocumentVersion(1, 2)),
            Instant.EPOCH,
            Capacities.of(capacity),
            false);
    assertThat(heartbeat.getOffers()).hasSize(2);
    assertThat(heartbeat.getCapacity()).isEqualTo(Map.of("alone/t", 7));
    byte[] bytes = Codecs.HOST_CAPACITY.encode(heartbeat);
    assertThat(bytes.length).isLessThan(20_000);
    Map<String, Integer> spelled = new TreeMap<>();
    capacity.forEach((name, number) -> spelled.put(name.toString(), number));
    assertThat(CapacityRecord.capacity(Codecs.HOST_CAPACITY.decode(bytes))).isEqualTo(spelled);
  }

  @Test
  void aTypeOfOneParentAloneStaysWhereItWas() {
    HostReading reading = host(1, 3);
    HostInventory document = InventoryDocument.of(reading, "h", Map.of());
    assertThat(document.getOffers()).isEmpty();
    assertThat(document.getEndpoints()).hasSize(4);
  }

  @Test
  void moreThanAHostMayHaveIsRefusedBeforeItIsMade() {
    HostCapacity heartbeat =
        new HostCapacity(
            "h",
            1L,
            2L,
            Instant.EPOCH,
            Map.of(),
            false,
            List.of(new CapacityOffer(names("p"), numbers(names("t")))),
            null,
            Map.of());
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.HOST_CAPACITY.check(heartbeat));
  }

  @Test
  void aCapacityThatIsSaidTwiceIsRefused() {
    HostCapacity heartbeat =
        new HostCapacity(
            "h",
            1L,
            2L,
            Instant.EPOCH,
            Map.of("p/t", 1),
            false,
            List.of(new CapacityOffer(List.of("p"), Map.of("t", 2))),
            null,
            Map.of());
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.HOST_CAPACITY.check(heartbeat));
  }

  private static List<String> names(String prefix) {
    return IntStream.range(0, 1000).mapToObj(i -> prefix + "%04d".formatted(i)).toList();
  }

  private static Map<String, Integer> numbers(List<String> names) {
    Map<String, Integer> numbers = new TreeMap<>();
    names.forEach(name -> numbers.put(name, 1));
    return numbers;
  }

  private static HostReading host(int vfs, int types) {
    Attributes pci = texts(Map.of("vendor", "0x10de", "driver", "nvidia"));
    List<Endpoint> endpoints = new ArrayList<>();
    for (int vf = 0; vf < vfs; vf++) {
      endpoints.add(
          new Endpoint(
              EndpointName.device(vf(vf)),
              EndpointKind.PCI_FUNCTION,
              Optional.empty(),
              pci,
              Attributes.NONE,
              pci));
      for (int type = 0; type < types; type++) {
        EndpointName name = name(vf, type);
        endpoints.add(
            new Endpoint(
                name,
                EndpointKind.NVIDIA_TYPE,
                Optional.empty(),
                texts(Map.of("name", name.name())),
                Attributes.NONE,
                pci));
      }
    }
    endpoints.sort(java.util.Comparator.comparing(Endpoint::name));
    return new HostReading(
        Optional.empty(),
        List.of(),
        Attributes.NONE,
        endpoints,
        List.of(),
        new TreeMap<>(),
        List.of());
  }

  private static EndpointName name(int vf, int type) {
    return EndpointName.type(vf(vf), "NVIDIA RTX Pro 6000 Blackwell DC-%02dQ".formatted(type));
  }

  private static String vf(int number) {
    return "0001:%02x:%02x.%d".formatted(number / 48, number % 48 / 8, number % 8);
  }

  private static Attributes texts(Map<String, String> values) {
    TreeMap<String, Attribute> attributes = new TreeMap<>();
    values.forEach((path, text) -> attributes.put(path, new Attribute.Text(text)));
    return Attributes.of(attributes);
  }
}
