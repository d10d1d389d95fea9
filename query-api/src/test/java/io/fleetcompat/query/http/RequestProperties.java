package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.outcome.MigrationReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The laws of the parts of a request: a value, or a problem that is the caller's and can be read.
 */
final class RequestProperties {

  private static final int MOST_OF_A_DETAIL = 1000;
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final List<String> NAMES = List.of("source", "destination", "limit", "cursor");

  private RequestProperties() {}

  private interface Parser {
    void parse() throws Problem;
  }

  private static boolean accepts(Parser parser) {
    try {
      parser.parse();
      return true;
    } catch (Problem problem) {
      assertThat(problem.code().status()).isBetween(400, 499);
      assertThat(String.valueOf(problem.getMessage()))
          .contains("expected ")
          .doesNotContain("\n", "Exception", "java.")
          .hasSizeLessThan(MOST_OF_A_DETAIL);
      return false;
    }
  }

  static boolean checkBody(byte[] body) {
    return accepts(() -> assertThat(CheckBody.parse(body).pairs()).hasSizeLessThan(body.length));
  }

  static boolean machineBody(byte[] body) {
    return accepts(() -> assertThat(Bodies.machine(body, 10, 100).limit()).isBetween(1, 100));
  }

  static boolean filterBody(byte[] body) {
    return accepts(() -> assertThat(FilterBody.parse(body).hosts()).hasSizeLessThan(body.length));
  }

  static boolean whatIfBody(byte[] body) {
    return accepts(() -> ChangeBody.change(body, NOW.toEpochMilli()));
  }

  static boolean planBody(byte[] body) {
    return accepts(
        () -> assertThat(ChangeBody.plan(body, NOW.toEpochMilli()).keep()).isNotNegative());
  }

  static boolean outcomeBody(byte[] body) {
    return accepts(
        () -> {
          MigrationReport report = OutcomeBody.report(body, NOW, () -> "made-id");
          assertThat(report.id()).isNotEmpty();
        });
  }

  /** Parameters are those that a second parser finds, and come back from their spelling. */
  static boolean query(byte[] query) {
    String text = new String(query, StandardCharsets.ISO_8859_1);
    return accepts(
        () -> {
          Parameters parameters = Parameters.parse(text, NAMES);
          Map<String, String> apart = new TreeMap<>();
          for (String part : text.split("&", -1)) {
            String[] both = part.split("=", 2);
            if (!part.isEmpty()) {
              apart.put(decoded(both[0]), both.length > 1 ? decoded(both[1]) : "");
            }
          }
          for (String name : NAMES) {
            assertThat(parameters.find(name).isPresent()).isEqualTo(apart.containsKey(name));
            assertThat(parameters.find(name).orElse("")).isEqualTo(apart.getOrDefault(name, ""));
          }
        });
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Cursors of every kind; no text is one of two kinds. */
  static boolean cursor(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int kinds = 0;
    kinds += accepts(() -> assertThat(Cursors.ofHost(Cursors.host(text))).isEqualTo(text)) ? 1 : 0;
    kinds += accepts(() -> Cursors.ofProfile(Cursors.profile(text))) ? 1 : 0;
    kinds +=
        accepts(() -> assertThat(Cursors.ofOverride(Cursors.override(text))).isEqualTo(text))
            ? 1
            : 0;
    kinds += accepts(() -> Cursors.ofChanges(Cursors.changes(text))) ? 1 : 0;
    kinds += accepts(() -> Cursors.destination(text)) ? 1 : 0;
    assertThat(kinds).isLessThanOrEqualTo(1);
    return kinds == 1;
  }
}
