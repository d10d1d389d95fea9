package io.fleetcompat.collector.state;

import io.fleetcompat.schemas.FormerName;
import io.fleetcompat.schemas.HostName;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the names of a machine, as properties. One that is damaged, or that another machine
 * wrote (a cloned disk), is not believed: then nothing is known of names.
 *
 * @param machineId of this machine
 */
record NameFile(StateFile file, String machineId) {

  /** The room for two names of which every character is escaped, and what else there is. */
  static final int MAX_BYTES = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(NameFile.class);

  /**
   * The names that a machine had.
   *
   * @param spoken under which a document reached Kafka last
   * @param former the name before it, and since when a document that says it has been in Kafka
   * @param next another name of a later start, under which no document has reached Kafka yet
   */
  record Names(String spoken, Optional<Heard> former, Optional<Next> next) {

    Names {
      if (!HostName.isValid(spoken)) {
        throw new IllegalArgumentException("no host name in spoken");
      }
      if (former.filter(heard -> heard.former().name().equals(spoken)).isPresent()) {
        throw new IllegalArgumentException("a former name that is the one spoken");
      }
    }
  }

  /** A former name, and the time from which on others knew it. */
  record Heard(FormerName former, Instant since) {}

  /** The name of a start, and the time of the first under it. */
  record Next(String name, Instant since) {

    Next {
      if (!HostName.isValid(name)) {
        throw new IllegalArgumentException("no host name in next");
      }
    }
  }

  /** The content of the file; empty where there is none that can be believed. */
  Optional<Names> read() throws IOException {
    if (!file.exists()) {
      return Optional.empty();
    }
    try {
      Properties stored = new Properties();
      stored.load(new StringReader(file.read()));
      if (!machineId.equals(stored.getProperty("machine"))) {
        LOG.warn("{} is of another machine (a cloned disk?); ignored", file.path());
        return Optional.empty();
      }
      Optional<String> former = Optional.ofNullable(stored.getProperty("former"));
      Optional<String> next = Optional.ofNullable(stored.getProperty("next"));
      return Optional.of(
          new Names(
              stored.getProperty("spoken", ""),
              former.map(
                  name ->
                      new Heard(
                          new FormerName(name, time(stored, "renamed-at")),
                          time(stored, "heard-at"))),
              next.map(name -> new Next(name, time(stored, "next-since")))));
    } catch (BadStateException | IllegalArgumentException e) {
      LOG.warn(
          "Expected the names of this machine in {}, found {}; ignored",
          file.path(),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Instant time(Properties stored, String name) {
    long millis = Long.parseLong(stored.getProperty(name, ""));
    if (millis < 0) {
      throw new IllegalArgumentException("a time before 1970 in " + name);
    }
    return Instant.ofEpochMilli(millis);
  }

  /**
   * Puts these names in place of what there was.
   *
   * @throws IOException if they cannot be kept: then what there was still is
   */
  void write(Names names) throws IOException {
    StringBuilder text = new StringBuilder();
    line(text, "machine", machineId);
    line(text, "spoken", names.spoken());
    names
        .former()
        .ifPresent(
            heard -> {
              FormerName former = heard.former();
              line(text, "former", former.name());
              line(text, "renamed-at", String.valueOf(former.renamedAt().toEpochMilli()));
              line(text, "heard-at", String.valueOf(heard.since().toEpochMilli()));
            });
    names
        .next()
        .ifPresent(
            next -> {
              line(text, "next", next.name());
              line(text, "next-since", String.valueOf(next.since().toEpochMilli()));
            });
    file.write(text.toString());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(PropertyText.escape(value)).append('\n');
  }
}
