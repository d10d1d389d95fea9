package io.fleetcompat.query.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that callers may write in {@code fields}. */
class FieldsTest {

  @Test
  void noTextIsAllMembersAndNoNamesAlone() {
    Fields all = Fields.parse(Optional.empty(), Field.OF_DESTINATIONS);
    assertThat(all.hasAll()).isTrue();
    assertThat(all.namesOnly()).isFalse();
    assertThat(Arrays.stream(Field.values()).filter(all::has))
        .hasSize(Field.values().length - 1)
        .doesNotContain(Field.NAMES);
  }

  @Test
  void membersThatAreNamedAreWantedAndNoOthers() {
    Fields some = Fields.parse(Optional.of("verdict,host"), Field.OF_DESTINATIONS);
    assertThat(Arrays.stream(Field.values()).filter(some::has))
        .containsExactlyInAnyOrder(Field.VERDICT, Field.HOST);
    assertThat(some.hasAll()).isFalse();
    assertThat(Fields.parse(Optional.of("names"), Field.OF_MACHINES).namesOnly()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "verdct | found 'verdct'; did you mean 'verdict'?",
        "names,host | 'names' alone",
        "host,host | 'host' again",
        "\"\" | found ''",
        "host, | found ''",
        "host verdict | found 'host verdict'",
        "HOST | found 'HOST'",
        "reasons | found 'reasons'",
      })
  void whatIsNoFieldOfTheAnswerIsToldWithTheNearestAndAll(String text, String said) {
    assertThatThrownBy(() -> Fields.parse(Optional.of(text), Field.OF_DESTINATIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fields: expected")
        .hasMessageContaining(said);
  }

  @Test
  void aMessageNamesAllThatThereAre() {
    Set<String> all = Field.OF_MACHINES.stream().map(Field::spelling).collect(Collectors.toSet());
    assertThatThrownBy(() -> Fields.parse(Optional.of("x"), Field.OF_MACHINES))
        .message()
        .contains(all);
  }
}
