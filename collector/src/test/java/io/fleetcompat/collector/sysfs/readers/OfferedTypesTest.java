package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.schemas.DocumentSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OfferedTypesTest {

  private final OfferedTypes types = new OfferedTypes();

  @RepeatedTest(30)
  void itIsAMapOfTypesInWhateverOrderTheyComeAndGo(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<EndpointName, Endpoint> expected = new TreeMap<>();
    Map<EndpointName, Integer> numbers = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      EndpointName name = EndpointName.type("p" + random.nextInt(4), "t" + random.nextInt(4));
      switch (random.nextInt(4)) {
        case 0 -> {
          types.remove(name);
          expected.remove(name);
          numbers.remove(name);
        }
        case 1 -> {
          if (expected.containsKey(name)) {
            types.setCapacity(name, i);
            numbers.put(name, i);
          }
        }
        default -> {
          Endpoint type = type(name, random.nextInt(2));
          types.put(type);
          expected.put(name, type);
        }
      }
      assertThat(types.size()).isEqualTo(expected.size());
      assertThat(types.find(name)).isEqualTo(Optional.ofNullable(expected.get(name)));
    }
    assertThat(HostEndpoints.of(List.of(), types.byParent()))
        .isEqualTo(List.copyOf(expected.values()));
    assertThat(types.capacities()).isEqualTo(numbers);
    assertThat(types.bytes()).isEqualTo(written(expected));
  }

  @Test
  void aListThatRepeatsTakesThePlaceOfOneAndTheNamesOfItsParents() {
    offer("p0");
    types.byParent();
    long alone = types.bytes();
    for (int parent = 1; parent < 100; parent++) {
      offer("p" + parent);
    }
    types.byParent();
    assertThat(types.bytes()).isLessThan(alone + 100 * DocumentSize.of("p99"));
    assertThat(types.memory())
        .isLessThan(20L * (EndpointMemory.ENDPOINT + 8) + 101L * (EndpointMemory.PARENT + 128));
  }

  private void offer(String parent) {
    for (int type = 0; type < 20; type++) {
      types.put(type(EndpointName.type(parent, "t" + type), 0));
    }
  }

  /** The bytes that the lists take as they are written, by lists of equal types. */
  private static long written(Map<EndpointName, Endpoint> all) {
    Map<String, Map<String, Endpoint>> byParent = new TreeMap<>();
    all.forEach(
        (name, type) ->
            byParent
                .computeIfAbsent(name.parent().orElseThrow(), _ -> new TreeMap<>())
                .put(name.name(), HostEndpoints.alone(type)));
    Map<Map<String, Endpoint>, Integer> lists = new HashMap<>();
    byParent.values().forEach(list -> lists.merge(list, 1, Integer::sum));
    long bytes = 0;
    for (Map.Entry<Map<String, Endpoint>, Integer> list : lists.entrySet()) {
      long parent = DocumentSize.of("p0");
      bytes += list.getKey().values().stream().mapToLong(DocumentSize::of).sum();
      bytes += parent * (list.getValue() == 1 ? list.getKey().size() : list.getValue());
    }
    return bytes;
  }

  private static Endpoint type(EndpointName name, int content) {
    return new Endpoint(
        name,
        EndpointKind.MDEV_TYPE,
        Optional.of(name.name()),
        Attributes.of(Map.of("name", new Attribute.Text("" + content))),
        Attributes.NONE,
        Attributes.NONE);
  }
}
