package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.faults.visitors.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A bound of what a process logs from now on, none of which may be a stack trace. */
final class LogWatch implements Visitor {

  private static final Pattern FRAME = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(.*$");

  private final Part part;
  private final long bound;
  private final int before;
  private String said = "";

  /**
   * Begins.
   *
   * @param bound in bytes
   */
  LogWatch(Part part, long bound) throws IOException {
    this.part = part;
    this.bound = bound;
    this.before = part.log().length();
  }

  @Override
  public void close() {
    try {
      said = part.log().substring(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    if (said.length() > bound) {
      findings.add("expected less to be logged, found " + seen());
    }
    FRAME
        .matcher(said)
        .results()
        .findFirst()
        .ifPresent(
            frame -> findings.add("%s: found a stack trace: %s".formatted(part.name(), said)));
    return findings;
  }

  @Override
  public String seen() {
    return "%s: %d bytes logged (bound %d)".formatted(part.name(), said.length(), bound);
  }
}
