package io.fleetcompat.benchmarks.json;

import io.fleetcompat.benchmarks.json.SampleAnswers.Check;
import io.fleetcompat.benchmarks.json.SampleAnswers.Destination;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The JSON of answers, written by our writer and by Jackson's: the same bytes (ADR 0018). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class AnswerJson {

  /** Checks that are written in turn; a power of two. */
  private static final int CHECKS = 1024;

  @Param({"ours", "jackson"})
  public String writer = "ours";

  private final SampleAnswers samples = new SampleAnswers();
  private final List<Check> checks = samples.checks(CHECKS);
  private final List<Destination> ten = samples.page(10);
  private final List<Destination> thousand = samples.page(1000);
  private AnswerWriter out = new OurWriter();
  private int next;

  @Setup
  public void choose() {
    AnswerWriter ours = new OurWriter();
    AnswerWriter jackson = new JacksonWriter();
    for (Check check : checks) {
      requireSame(text(ours, ours.check(check)), text(jackson, jackson.check(check)));
    }
    for (List<Destination> page : List.of(ten, thousand)) {
      String expected = text(ours, ours.page(checks.getFirst(), page));
      requireSame(expected, text(jackson, jackson.page(checks.getFirst(), page)));
    }
    out = writer.equals("ours") ? ours : jackson;
  }

  private static String text(AnswerWriter writer, int length) {
    return new String(writer.last(), 0, length, StandardCharsets.UTF_8);
  }

  private static void requireSame(String ours, String theirs) {
    if (!ours.equals(theirs)) {
      throw new IllegalStateException("expected " + ours + ", found " + theirs);
    }
  }

  @Benchmark
  public int check() {
    return out.check(nextCheck());
  }

  @Benchmark
  public int destinationsLimit10() {
    return out.page(nextCheck(), ten);
  }

  @Benchmark
  public int destinationsLimit1000() {
    return out.page(nextCheck(), thousand);
  }

  private Check nextCheck() {
    return checks.get(next++ & (CHECKS - 1));
  }
}
