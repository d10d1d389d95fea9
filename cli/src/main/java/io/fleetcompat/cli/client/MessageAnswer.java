package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Format;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Yaml;
import io.fleetcompat.compatibility.message.KnownMessage;
import io.fleetcompat.compatibility.message.KnownMessage.RuleReference;
import io.fleetcompat.compatibility.message.KnownMessages;
import io.fleetcompat.compatibility.message.KnownMessages.Match;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.settings.ShownValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The known messages in a text that an operator pasted, with their rules. */
record MessageAnswer(List<Match> matches) {

  /** The text that stands for standard input. */
  static final String STDIN = "-";

  /** Characters that are shown of a line that somebody else wrote. */
  private static final int SHOWN = 400;

  private static final String COLUMN = "  %-12s %s";

  /** The answer for a text, or for what is on standard input. */
  static MessageAnswer of(String text) {
    try {
      return new MessageAnswer(
          KnownMessages.builtIn().in(text.equals(STDIN) ? read(System.in) : text));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--message: " + e.getMessage());
    }
  }

  private static String read(InputStream in) {
    try {
      // One character has up to four bytes; one more than the bound is enough to refuse it.
      byte[] bytes = in.readNBytes(4 * KnownMessages.MAX_CHARACTERS + 1);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.failed("standard input cannot be read: " + e.getMessage());
    }
  }

  /** Prints it; gives the exit status. */
  int print(Format format, PrintWriter out) {
    switch (format) {
      case json -> out.println(Printable.document(json().toPrettyString()));
      case yaml -> out.print(Yaml.of(json()));
      case text -> text(out);
    }
    return matches.isEmpty() ? ExitStatus.UNKNOWN : ExitStatus.OK;
  }

  private void text(PrintWriter out) {
    if (matches.isEmpty()) {
      out.println("No message in it is known. These are:");
      for (KnownMessage known : KnownMessages.builtIn().all()) {
        line(out, COLUMN.formatted(known.layer(), known.text()));
      }
      return;
    }
    for (Match match : matches) {
      KnownMessage known = match.message();
      line(out, known.layer() + ": " + known.text());
      line(out, COLUMN.formatted(lines(match), ShownValue.bounded(match.text(), SHOWN)));
      if (!match.devices().isEmpty()) {
        line(out, COLUMN.formatted("device", String.join(", ", match.devices())));
      }
      line(out, COLUMN.formatted("found at", place(known)));
      line(out, COLUMN.formatted("means", known.means()));
      line(out, COLUMN.formatted("rule", rules(known)));
      line(out, COLUMN.formatted("fails", time(known)));
      known.next().forEach(next -> line(out, COLUMN.formatted("look next", next)));
      line(out, COLUMN.formatted("source", sources(known)));
      out.println();
    }
  }

  private static String lines(Match match) {
    return "line " + match.line() + (match.more() > 0 ? " and " + match.more() + " more" : "");
  }

  private static void line(PrintWriter out, String text) {
    out.println(Printable.line(text));
  }

  private static String place(KnownMessage known) {
    return switch (known.place()) {
      case "source" -> "the source's host";
      case "destination" -> "the destination's host";
      case "guest" -> "the guest";
      default -> "either host";
    };
  }

  private static String rules(KnownMessage known) {
    if (known.rules().isEmpty()) {
      return "none: it is no matter of the pair of devices alone";
    }
    return known.rules().stream()
        .map(
            rule ->
                rule.pack()
                    .map(pack -> rule.rule() + " (fleetcompat rules explain " + pack + ")")
                    .orElseGet(() -> rule.rule() + " (" + rule.origin() + ")"))
        .collect(Collectors.joining(", "));
  }

  private static String time(KnownMessage known) {
    return known
        .failure()
        .map(
            failure ->
                switch (failure) {
                  case EARLY -> "early, before the source stops";
                  case LATE -> "late, in the blackout after the source has stopped";
                })
        .orElse("early or late: it depends");
  }

  private static String sources(KnownMessage known) {
    return known.sources().stream().map(Citation::toString).collect(Collectors.joining("; "));
  }

  private ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ArrayNode all = json.putArray("matches");
    for (Match match : matches) {
      KnownMessage known = match.message();
      ObjectNode one = all.addObject();
      one.put("message", known.id());
      one.put("text", known.text());
      one.put("line", match.line());
      one.put("equalLines", match.more());
      one.put("found", ShownValue.bounded(match.text(), SHOWN));
      ArrayNode devices = one.putArray("devices");
      match.devices().forEach(devices::add);
      one.put("layer", known.layer());
      one.put("at", known.place());
      known
          .failure()
          .ifPresentOrElse(
              time -> one.put("failure", time.toString()), () -> one.putNull("failure"));
      ArrayNode rules = one.putArray("rules");
      for (RuleReference rule : known.rules()) {
        ObjectNode reference = rules.addObject();
        reference.put("rule", rule.rule());
        rule.pack()
            .ifPresentOrElse(pack -> reference.put("pack", pack), () -> reference.putNull("pack"));
        reference.put("origin", rule.origin());
      }
      one.put("means", known.means());
      ArrayNode next = one.putArray("next");
      known.next().forEach(next::add);
      ArrayNode sources = one.putArray("source");
      known.sources().forEach(source -> sources.add(source.toString()));
    }
    if (matches.isEmpty()) {
      ArrayNode known = json.putArray("known");
      KnownMessages.builtIn().all().forEach(message -> known.add(message.text()));
    }
    return json;
  }
}
