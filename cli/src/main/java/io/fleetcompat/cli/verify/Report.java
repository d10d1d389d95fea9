package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Yaml;
import io.fleetcompat.oracle.DiskFleet;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The findings of a comparison.
 *
 * @param notKept mismatches that were too many to be looked at again
 * @param inPart pairs of which one rule was too hard to be judged by trying
 * @param contents how many different endpoints, apart from their names, there were
 * @param seed of the sample, where it was one
 */
record Report(
    DiskFleet disk,
    long compared,
    long notKept,
    long inPart,
    int contents,
    LastingMismatches.Result result,
    Optional<Long> seed,
    Duration took) {

  /** Mismatches shown with both sides. */
  static final int SHOWN = 5;

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean agrees() {
    return mismatches() == 0;
  }

  private long mismatches() {
    return notKept + result.mismatches().size() + result.sets().size();
  }

  private List<Mismatch> shown() {
    return result.mismatches().subList(0, Math.min(SHOWN, result.mismatches().size()));
  }

  void text(PrintWriter out) {
    disk.problems()
        .forEach(
            (folder, problem) ->
                out.println(
                    Printable.line(
                        "left out: %s: %s: %s"
                            .formatted(folder, problem.code(), problem.detail()))));
    result.sets().stream().limit(SHOWN).forEach(line -> out.println(Printable.line(line)));
    for (Mismatch mismatch : shown()) {
      out.println(
          Printable.line(mismatch.pair().source() + " -> " + mismatch.pair().destination()));
      out.println(Printable.line("  disk: " + mismatch.disk().words()));
      out.println(Printable.line("  API:  " + mismatch.api().words()));
    }
    if (result.unsettled() > 0) {
      out.println(result.unsettled() + " differences not judged: the trees do not stand still");
    }
    if (inPart > 0) {
      out.println(inPart + " pairs compared in part: their patterns have too many choices to try");
    }
    out.println(
        "%d hosts, %d endpoints; %d pairs compared, %d mismatches (%.1f s)"
            .formatted(
                disk.hosts().size(), endpoints(), compared, mismatches(), took.toMillis() / 1e3));
  }

  String json() {
    return Printable.document(tree().toString());
  }

  String yaml() {
    return Yaml.of(tree());
  }

  private int endpoints() {
    return disk.hosts().values().stream().mapToInt(host -> host.endpoints().size()).sum();
  }

  private ObjectNode tree() {
    ObjectNode json = JSON.createObjectNode();
    json.put("hosts", disk.hosts().size());
    json.put("endpoints", endpoints());
    json.put("distinctEndpoints", contents);
    json.put("pairs", compared);
    json.put("mismatches", mismatches());
    json.put("unsettled", result.unsettled());
    json.put("comparedInPart", inPart);
    seed.ifPresent(s -> json.put("seed", s));
    json.put("milliseconds", took.toMillis());
    var sets = json.putArray("sets");
    result.sets().forEach(sets::add);
    var examples = json.putArray("examples");
    for (Mismatch mismatch : shown()) {
      ObjectNode example = examples.addObject();
      example.put("source", mismatch.pair().source());
      example.put("destination", mismatch.pair().destination());
      example.put("disk", mismatch.disk().words());
      example.put("api", mismatch.api().words());
    }
    ObjectNode leftOut = json.putObject("leftOut");
    disk.problems()
        .forEach(
            (folder, problem) -> leftOut.put(folder, problem.code() + ": " + problem.detail()));
    return json;
  }
}
