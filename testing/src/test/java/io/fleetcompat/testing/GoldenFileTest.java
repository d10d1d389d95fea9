package io.fleetcompat.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GoldenFileTest {

  private final GoldenFile file = new GoldenFile(getClass(), "golden.txt");

  @Test
  void theSameTextPasses() {
    assertThatCode(() -> file.check("one\ntwo\n")).doesNotThrowAnyException();
  }

  @Test
  void theFirstLineThatDiffersIsShownAndHowToWriteTheFile() {
    assertThatThrownBy(() -> file.check("one\nthree\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("line 2 of golden.txt")
        .hasMessageContaining("expected: two\nfound:    three\n")
        .hasMessageContaining("-Dtest=GoldenFileTest")
        .hasMessageContaining("-Dgolden.regenerate=true");
  }

  @Test
  void aMissingLineEndIsADifference() {
    assertThatThrownBy(() -> file.check("one\ntwo"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("found:    (nothing)");
  }
}
