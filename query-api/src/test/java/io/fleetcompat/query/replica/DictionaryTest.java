package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DictionaryTest {

  /** 2^15 names; were they in one row, finding all would take a billion comparisons of names. */
  private static final int BITS = 15;

  @Test
  @Timeout(60)
  void namesThatWereChosenToCollideAreFoundAsFastAsOthers() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1 << BITS; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < BITS; bit++) {
        name.append((i >>> bit & 1) == 0 ? "Aa" : "BB");
      }
      names.add(name.toString());
    }
    assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
    Dictionary<String> dictionary = new Dictionary<>(names.size());
    long begin = System.nanoTime();
    for (int i = 0; i < names.size(); i++) {
      assertThat(dictionary.add(names.get(i))).isEqualTo(i);
    }
    for (int i = 0; i < names.size(); i++) {
      assertThat(dictionary.find(names.get(i))).isEqualTo(i);
    }
    assertThat(dictionary.find("AaC#")).isEqualTo(-1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aFullDictionaryKnowsItsNamesAndTakesNoOther() {
    Dictionary<String> dictionary = new Dictionary<>(2);
    assertThat(dictionary.add("a")).isZero();
    assertThat(dictionary.add("b")).isEqualTo(1);
    assertThat(dictionary.add("a")).isZero();
    assertThatThrownBy(() -> dictionary.add("c"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected at most 2 names");
    assertThat(dictionary.find("c")).isEqualTo(-1);
    assertThat(dictionary.name(1)).isEqualTo("b");
    assertThat(dictionary.size()).isEqualTo(2);
  }
}
