package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of {@code wrk} (Debian package wrk) on one core, which puts a list of questions in turn. */
record Wrk(Path script, int connections) {

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern ANSWERS = Pattern.compile("(\\d+) requests in");
  private static final Pattern LATENCY = Pattern.compile("(50|99)%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

  /**
   * The result of one run.
   *
   * @param rate answers a second
   * @param p50 in milliseconds
   * @param p99 in milliseconds
   * @param serverMicros processor time of the server per answer, in microseconds
   */
  record Run(double rate, double p50, double p99, double serverMicros) {}

  /**
   * A question.
   *
   * @param body of JSON, without tabs and line ends; empty for a GET
   */
  record Question(String path, String body) {
    static Question get(String path) {
      return new Question(path, "");
    }
  }

  static Wrk of(Path directory, List<Question> questions, int connections) throws IOException {
    Path list = Files.createTempFile(directory, "questions", ".txt");
    Files.write(list, questions.stream().map(each -> each.path + "\t" + each.body).toList());
    Path script = Files.createTempFile(directory, "wrk", ".lua");
    Files.writeString(
        script,
        """
        local requests, at = {}, 0
        init = function(args)
          local json = { ["Content-Type"] = "application/json" }
          for line in io.lines("%s") do
            local path, body = line:match("^(.-)\t(.*)$")
            requests[#requests + 1] = body == "" and wrk.format("GET", path) or
              wrk.format("POST", path, json, body)
          end
        end
        request = function()
          at = at %% #requests + 1
          return requests[at]
        end
        """
            .formatted(list));
    return new Wrk(script, connections);
  }

  Run run(String url, int seconds, MeasuredProcess server)
      throws IOException, InterruptedException {
    double before = server.cpuSeconds();
    Process wrk =
        new ProcessBuilder(
                "taskset",
                "-c",
                "1",
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "-s",
                script.toString(),
                url)
            .redirectErrorStream(true)
            .start();
    String out = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0 || FAILED.matcher(out).find()) {
      throw new IOException("expected answers of status 200 from " + url + ", found: " + out);
    }
    double used = server.cpuSeconds() - before;
    return new Run(
        number(RATE, out),
        latency(out, "50"),
        latency(out, "99"),
        used * 1e6 / number(ANSWERS, out));
  }

  private static double number(Pattern pattern, String out) throws IOException {
    Matcher found = pattern.matcher(out);
    if (!found.find()) {
      throw new IOException("expected " + pattern + " from wrk, found: " + out);
    }
    return Double.parseDouble(found.group(1));
  }

  private static double latency(String out, String percent) throws IOException {
    Matcher latency = LATENCY.matcher(out);
    while (latency.find()) {
      if (latency.group(1).equals(percent)) {
        double value = Double.parseDouble(latency.group(2));
        return switch (latency.group(3)) {
          case "us" -> value / 1000;
          case "ms" -> value;
          default -> value * 1000;
        };
      }
    }
    throw new IOException("expected the " + percent + "th percentile from wrk, found: " + out);
  }
}
