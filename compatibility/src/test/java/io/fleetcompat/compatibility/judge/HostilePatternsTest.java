package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Patterns made to take for ever: without the budget each of these would outlive the machine, so
 * the generous timeout tells one from the other.
 */
@Timeout(60)
class HostilePatternsTest {

  private static final String TOO_COMPLEX = "UNKNOWN self-compatible/malformed";

  private static Verdict verdict(EndpointBuilder source, EndpointBuilder destination) {
    Verdict verdict = Found.verdict(source, destination);
    assertThat(new Judge(java.util.Set.of()).outcome(source.profile(), destination.profile()))
        .isEqualTo(verdict.outcome());
    return verdict;
  }

  private static EndpointBuilder self(int attributes, String value) {
    EndpointBuilder self = EndpointBuilder.function();
    for (int i = 0; i < attributes; i++) {
      self.own("migration/self/a" + i, value);
    }
    return self;
  }

  @Test
  void manyVariablesOfManyEmptyishValues() {
    // Any split of the value among the variables is a prefix: nothing prunes.
    String values =
        IntStream.range(1, 60)
            .mapToObj(n -> "\"" + "x".repeat(n) + "\"")
            .collect(Collectors.joining(","));
    String pattern =
        IntStream.range(0, 12)
            .mapToObj(i -> "{v" + i + ":string:" + values + "}")
            .collect(Collectors.joining());
    EndpointBuilder destination =
        EndpointBuilder.function().own("migration/compatible/a0", pattern + "y");
    assertThat(Found.of(verdict(self(1, "x".repeat(200)), destination))).isEqualTo(TOO_COMPLEX);
  }

  @Test
  void manyAlternativesThatAllMatchUnderOneBinding() {
    EndpointBuilder destination =
        EndpointBuilder.function().own("migration/compatible/a0", "{v:int:1,2,3}");
    String alternatives =
        IntStream.range(1, 20)
            .mapToObj(n -> "{v}" + "\n1\n{v}/1")
            .collect(Collectors.joining("\n"));
    for (int i = 1; i < 40; i++) {
      destination.own("migration/compatible/a" + i, alternatives);
    }
    destination.own("migration/compatible/z", "{v}/1");
    assertThat(verdict(self(40, "1").own("migration/self/z", "9"), destination).outcome())
        .isIn(Outcome.UNKNOWN, Outcome.INCOMPATIBLE);
  }

  @Test
  void manyAttributesOfWhichAnyCouldBeTheFailingOne() {
    EndpointBuilder destination = EndpointBuilder.function();
    for (int i = 0; i < 15; i++) {
      destination
          .own(
              "migration/compatible/a" + i, "{v" + i + ":string:\"\",\"1\"}{v" + (i + 1) % 15 + "}")
          .own("migration/compatible/b" + i, "{v" + i + "}9");
    }
    EndpointBuilder source = self(15, "1");
    for (int i = 0; i < 15; i++) {
      source.own("migration/self/b" + i, "8");
    }
    Verdict verdict = verdict(source, destination);
    assertThat(verdict.outcome()).isNotEqualTo(Outcome.COMPATIBLE);
    assertThat(verdict.reasons()).isNotEmpty();
  }

  @Test
  void manyPatternsForManySelves() {
    String pattern = "a={v:string:\"x\",\"xx\",\"xxx\"}{w:string:\"x\",\"xx\"}{v}{w}y";
    String compatible =
        IntStream.range(0, 900).mapToObj(n -> pattern).collect(Collectors.joining("\n\n"));
    String selves =
        IntStream.range(0, 64)
            .mapToObj(n -> "a=" + "x".repeat(n + 1))
            .collect(Collectors.joining("\n\n"));
    EndpointBuilder source = EndpointBuilder.function().own("migration/self", selves);
    EndpointBuilder destination =
        EndpointBuilder.function().own("migration/compatible", compatible);
    assertThat(verdict(source, destination).outcome()).isNotEqualTo(Outcome.COMPATIBLE);
  }

  @Test
  void sixtyFourKibibytesOfOneValue() {
    String white = "a=x" + " ".repeat(64_000) + "y,z";
    EndpointBuilder one =
        EndpointBuilder.function().own("migration/self", white).own("migration/compatible", white);
    assertThat(Found.of(verdict(one, one))).isEqualTo("COMPATIBLE");
    String braces = "a=" + "{".repeat(64_000);
    EndpointBuilder other = EndpointBuilder.function().own("migration/compatible", braces);
    assertThat(Found.of(verdict(one, other))).isEqualTo(TOO_COMPLEX);
    String uses = "a={v:int:1}" + "{v}".repeat(20_000);
    assertThat(Found.of(verdict(one, EndpointBuilder.function().own("migration/compatible", uses))))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void asManyUsesAsAllowedDoNotOverflowTheStack() {
    String uses = "a={v:string:\"\",\"x\"}" + "-{v}".repeat(255);
    EndpointBuilder source =
        EndpointBuilder.function().own("migration/self", "a=x" + "-x".repeat(255));
    assertThat(
            Found.of(verdict(source, EndpointBuilder.function().own("migration/compatible", uses))))
        .isEqualTo("COMPATIBLE");
  }

  @Test
  void aPlainPatternStillMatchesAfterOneThatIsTooComplex() {
    String values =
        IntStream.range(1, 60)
            .mapToObj(n -> "\"" + "x".repeat(n) + "\"")
            .collect(Collectors.joining(","));
    String hostile =
        IntStream.range(0, 12)
            .mapToObj(i -> "{v" + i + ":string:" + values + "}")
            .collect(Collectors.joining());
    String value = "x".repeat(200);
    EndpointBuilder destination =
        EndpointBuilder.function()
            .own("migration/compatible/0/a0", hostile + "y")
            .own("migration/compatible/1/a0", value);
    assertThat(Found.of(verdict(self(1, value), destination))).isEqualTo("COMPATIBLE");
  }
}
