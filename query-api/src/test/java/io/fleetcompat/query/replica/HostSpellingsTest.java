package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostSpellingsTest {

  private static final int NAMES = 20_000;

  private final Dictionary<String> names = new Dictionary<>(1 << 17);
  private final HostSpellings spellings = new HostSpellings(names);

  @Test
  void aHostIsFoundInAnotherCaseAndWithoutItsDomain() {
    int seven = spellings.number("hv7.rack2.example");
    int eight = spellings.number("HV8.rack2.example");
    for (String text :
        new String[] {"hv7", "HV7", "hv7.rack2", "Hv7.Rack2.Example", "hv7.rack2.example."}) {
      assertThat(spellings.find(text)).as(text).containsExactly(seven);
    }
    assertThat(spellings.find("hv8")).containsExactly(eight);
    for (String text : new String[] {"hv", "hv77", "hv7.", "hv7.rack", "rack2", "", "."}) {
      assertThat(spellings.find(text)).as(text).isEqualTo(find(text));
    }
    assertThat(spellings.find("hv9")).isEmpty();
    assertThat(spellings.find("hv7.other.example")).isEmpty();
  }

  /** A dot at the end says that a name is whole. */
  private int[] find(String text) {
    return text.equals("hv7.") ? new int[] {names.find("hv7.rack2.example")} : new int[0];
  }

  @Test
  void theBeginOfAnAddressIsNoName() {
    int address = spellings.number("10.20.30.40");
    assertThat(spellings.find("10")).isEmpty();
    assertThat(spellings.find("10.20.30")).isEmpty();
    assertThat(spellings.find("10.20.30.40")).containsExactly(address);
  }

  @Test
  void ofOneSpellingThereAreSoManyOrNone() {
    for (int i = 0; i < HostSpellings.MOST; i++) {
      spellings.number("node.rack" + i);
    }
    assertThat(spellings.find("node")).hasSize(HostSpellings.MOST);
    for (int i = HostSpellings.MOST; i < 2000; i++) {
      spellings.number("node.rack" + i);
    }
    assertThat(spellings.find("node")).as("too many to tell").isEmpty();
    assertThat(spellings.find("NODE.rack1999")).hasSize(1);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    int first = spellings.number("a.x");
    HostSpellings copy = spellings.copy();
    int here = spellings.number("b.x");
    int there = copy.number("c.x");
    assertThat(here).isEqualTo(there);
    assertThat(spellings.find("C")).isEmpty();
    assertThat(copy.find("C")).containsExactly(there);
    assertThat(copy.find("B")).isEmpty();
    assertThat(copy.find("A")).containsExactly(first);
  }

  @Test
  void everyOneOfManyNamesIsFoundByEachSpelling() {
    Random random = new Random(7);
    for (int i = 0; i < NAMES; i++) {
      String name = "Host-" + i + ".rack" + random.nextInt(100) + ".example";
      assertThat(spellings.number(name)).isEqualTo(i);
      assertThat(spellings.number(name)).as("again").isEqualTo(i);
    }
    for (int i = 0; i < NAMES; i++) {
      assertThat(spellings.find("host-" + i)).containsExactly(i);
      assertThat(spellings.find(names.name(i).toUpperCase(Locale.ROOT))).containsExactly(i);
    }
    assertThat(spellings.find("host-" + NAMES)).isEmpty();
  }
}
