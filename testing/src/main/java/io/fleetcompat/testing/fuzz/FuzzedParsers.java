package io.fleetcompat.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetcompat.testing.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The tests of the parsers of one module: each is tried with its corpus, with sentences of its
 * grammar, with mistakes in both, and, with {@code -Pfuzz}, by a fuzzer that looks which code an
 * input reaches.
 */
public abstract class FuzzedParsers {

  private static final long SEED = Long.getLong("fuzz.seed", 20261127);

  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 500);

  /** Sentences among the samples that mistakes are made in. */
  private static final int SAMPLES = 100;

  /** The parsers; a class that is found by name has a constructor without parameters. */
  protected abstract List<FuzzTarget> targets() throws Exception;

  /** Sentences, and as many inputs with mistakes, of each parser. */
  protected int inputs() {
    return INPUTS;
  }

  @Test
  void everyCorpusHasItsParser() throws Exception {
    assertThat(Corpus.names()).containsExactlyInAnyOrderElementsOf(names());
  }

  private List<String> names() throws Exception {
    return targets().stream().map(FuzzTarget::name).toList();
  }

  @TestFactory
  Stream<DynamicTest> inputsOfTheCorpus() throws Exception {
    return tests(
        target -> {
          List<byte[]> inputs = new ArrayList<>(Corpus.of(target.name()));
          inputs.addAll(target.samples());
          assertThat(inputs).isNotEmpty();
          for (byte[] input : inputs) {
            accepts(target, input, "of the corpus");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> sentencesOfTheGrammar() throws Exception {
    return tests(
        target -> {
          SplittableRandom random = new SplittableRandom(SEED);
          Grammar grammar = Grammar.of(target.name());
          int least = target.samples().isEmpty() ? 1 : 0;
          assertThat(accepted(target, () -> grammar.sentence(random)))
              .as("accepted of %d", inputs())
              .isBetween(least, inputs() - 1);
        });
  }

  @TestFactory
  Stream<DynamicTest> mistakes() throws Exception {
    return tests(
        target -> {
          Mutations mutations = new Mutations(SEED, samples(target));
          assertThat(accepted(target, mutations)).as("accepted").isLessThan(inputs());
        });
  }

  @TestFactory
  @EnabledIfSystemProperty(
      named = "fuzz.seconds",
      matches = "[1-9][0-9]*",
      disabledReason = "mvn verify -Pfuzz")
  Stream<DynamicTest> inputsThatReachMore() throws Exception {
    int seconds = Integer.getInteger("fuzz.seconds");
    return tests(target -> new GuidedRun(getClass(), target, seconds).run(samples(target)));
  }

  /** The good inputs to begin with. */
  private static List<byte[]> samples(FuzzTarget target) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    Grammar grammar = Grammar.of(target.name());
    List<byte[]> samples = new ArrayList<>(Corpus.of(target.name()));
    samples.addAll(target.samples());
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(grammar.sentence(random));
    }
    return samples;
  }

  private int accepted(FuzzTarget target, Supplier<byte[]> inputs) {
    int accepted = 0;
    for (int i = 0; i < inputs(); i++) {
      accepted += accepts(target, inputs.get(), "number " + i + " of seed " + SEED) ? 1 : 0;
    }
    return accepted;
  }

  private static boolean accepts(FuzzTarget target, byte[] input, String which) {
    try {
      return target.property().accepts(input);
    } catch (Exception | AssertionError | StackOverflowError e) {
      return fail(
          "%s, input %s, for src/test/fuzz/%s.inputs:%n%s"
              .formatted(target.name(), which, target.name(), InputText.encode(input)),
          e);
    }
  }

  private interface Body {
    void run(FuzzTarget target) throws Exception;
  }

  private Stream<DynamicTest> tests(Body body) throws Exception {
    return targets().stream()
        .map(target -> DynamicTest.dynamicTest(target.name(), () -> body.run(target)));
  }
}
