package io.fleetcompat.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.AddressOption;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Terminal;
import io.fleetcompat.cli.output.Yaml;
import io.fleetcompat.cli.rules.RuleOptions;
import io.fleetcompat.cli.tree.HostTree;
import io.fleetcompat.cli.tree.NamedFacts;
import io.fleetcompat.cli.tree.PrivateWords;
import io.fleetcompat.cli.tree.ReadEndpoints;
import io.fleetcompat.cli.tree.TreeArchive;
import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.settings.Nearest;
import io.fleetcompat.settings.Times;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that shows what is read of a host, and what is missing for an answer. */
@Command(
    name = "inspect",
    description =
        "Show every endpoint of a host, what was read from where, what was skipped and why, and"
            + " what is missing for an answer. Of this machine, of a copy of a /sys, or of a host"
            + " in the index. Nothing is written. Exit status 5: no endpoint.",
    footer = {
      "%nExamples:",
      "  fleetcompat inspect --brief",
      "  fleetcompat inspect --root /tmp/a/sys --endpoint 0000:3b:00.4",
      "  fleetcompat inspect -o tar --file this-host.tar",
      "  fleetcompat compare --source this-host.tar --destination that-host.tar"
    })
public final class Inspect implements Callable<Integer> {

  private static final Path FACTS_OF_THIS_MACHINE = Path.of("/var/lib/fleetcompat/facts.d");

  /** Endpoints that a message lists. */
  private static final int MOST_NAMED = 10;

  /** Endpoints that a message names as those that may have been meant. */
  private static final int MOST_LIKELY = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--root",
      paramLabel = "DIR|TAR",
      description =
          "The sysfs root: a directory, or an archive that '-o tar' wrote (default: /sys).")
  private Optional<Path> root;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Ask the API what the index holds of this host; in place of --root.")
  private Optional<String> host;

  @Option(
      names = "--facts",
      paramLabel = "DIR",
      description =
          "Read *.facts files from this directory (default: /var/lib/fleetcompat/facts.d for this"
              + " machine; an archive has its own).")
  private Optional<Path> facts;

  @Option(
      names = "--endpoint",
      paramLabel = "E",
      description = "Show only this endpoint: DEVICE or PARENT/TYPE.")
  private Optional<String> endpoint;

  @Option(names = "--brief", description = "Leave out what was read, and functions without use.")
  private boolean brief;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml|tar",
      defaultValue = "text",
      description =
          "The format: text for people; json or yaml for programs; tar for an archive of just what"
              + " was read, which compare and inspect take as a root.")
  private InspectFormat format;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write the archive to this file, which must not exist (default: to stdout).")
  private Optional<Path> file;

  @Option(
      names = "--with-names",
      description =
          "Leave host names, serial numbers, and names and comments of files of facts in the"
              + " archive. Without it, a file that has a name of this machine, a serial number of"
              + " its DMI tables or a fact with an address of a network is withheld.")
  private boolean withNames;

  @Mixin private RuleOptions rules;

  @Mixin private AddressOption address;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Wait at most this long for the API (default: ${DEFAULT-VALUE}).")
  private String timeout;

  private Inspect() {}

  @Override
  public Integer call() {
    Optional<EndpointName> wanted =
        endpoint.map(text -> checked("--endpoint", () -> EndpointSpellings.parse(text)));
    if (file.isPresent() && format != InspectFormat.tar) {
      throw CommandFailure.usage("--file: expected with -o tar, found it without");
    }
    if (root.isPresent() && host.isPresent()) {
      throw CommandFailure.usage("--root, --host: expected one of them, found both");
    }
    return host.isPresent() ? ask(host.get(), wanted) : look(root.orElse(HostReader.LIVE), wanted);
  }

  private int ask(String name, Optional<EndpointName> wanted) {
    if (format == InspectFormat.tar) {
      throw CommandFailure.usage(
          "-o tar: expected with --root, found --host: the index does not hold the files"
              + " themselves");
    }
    if (isGiven("--rules") || isGiven("--rule-option")) {
      throw CommandFailure.usage(
          "--rules, --rule-option: expected with --root, found --host: the index has rules of its"
              + " own");
    }
    Api api = checked("--api", () -> address.api(Times.parse(timeout)));
    IndexedHost indexed = IndexedHost.ask(api, name, wanted);
    if (format == InspectFormat.text) {
      indexed.print(brief, spec.commandLine().getOut());
    } else {
      print(indexed.json());
    }
    return indexed.isEmpty() ? ExitStatus.NOT_FOUND : ExitStatus.OK;
  }

  private int look(Path path, Optional<EndpointName> wanted) {
    if (path.toString().isEmpty()) {
      throw CommandFailure.usage("--root: expected a directory or an archive, found nothing");
    }
    Judge judge = new Judge(RuleSet.of(Set.of(), rules.packs()));
    Recording recording = new Recording();
    try (HostTree tree = HostTree.open("--root", path, facts(path), Optional.of(recording))) {
      HostReading reading = tree.reader().read();
      if (format == InspectFormat.tar) {
        archive(tree, reading, recording);
      } else {
        show(
            Inspection.of(path.toString(), reading, recording, tree.facts(), judge)
                .only(meant(wanted, reading), Inspect::notFound));
      }
      return reading.endpoints().isEmpty() ? ExitStatus.NOT_FOUND : ExitStatus.OK;
    }
  }

  private static Optional<EndpointName> meant(Optional<EndpointName> wanted, HostReading reading) {
    return wanted.map(
        typed ->
            ReadEndpoints.of(reading)
                .meant("--endpoint", typed)
                .orElseGet(() -> EndpointSpellings.normal(typed)));
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** The directory into which producers of facts write on a machine that has a collector. */
  private Optional<Path> facts(Path path) {
    return NamedFacts.of("--facts", facts)
        .or(
            () ->
                path.equals(HostReader.LIVE)
                    ? Optional.of(FACTS_OF_THIS_MACHINE)
                    : Optional.empty());
  }

  private static CommandFailure notFound(EndpointName name, HostReading reading) {
    if (name.parent().isEmpty() && reading.functions().contains(name.name())) {
      return CommandFailure.notFound(
          name + " is a PCI function and no endpoint: " + Inspection.NO_ENDPOINT);
    }
    List<String> likely = ReadEndpoints.of(reading).likely(name, MOST_LIKELY);
    if (!likely.isEmpty()) {
      return CommandFailure.notFound(
          "expected the endpoint %s; there is none%s".formatted(name, Nearest.question(likely)));
    }
    List<String> names =
        reading.endpoints().stream().map(known -> known.name().toString()).toList();
    String some = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    int more = names.size() - MOST_NAMED;
    return CommandFailure.notFound(
        "expected the endpoint %s; there is none. There is: %s%s"
            .formatted(
                name,
                names.isEmpty() ? "no endpoint" : some,
                more > 0 ? ", and " + more + " more" : ""));
  }

  private void show(Inspection inspection) {
    if (format == InspectFormat.text) {
      new InspectionText(spec.commandLine().getOut(), brief).print(inspection);
    } else {
      print(InspectionJson.of(inspection));
    }
  }

  private void print(JsonNode json) {
    PrintWriter out = spec.commandLine().getOut();
    if (format == InspectFormat.yaml) {
      out.print(Yaml.of(json));
    } else {
      out.println(Printable.document(json.toPrettyString()));
    }
  }

  private void archive(HostTree tree, HostReading reading, Recording recording) {
    ArchiveNotes notes = new ArchiveNotes(reading);
    notes.requireWhole();
    if (file.isEmpty() && Terminal.isThere()) {
      throw CommandFailure.usage("-o tar: expected --file FILE or a pipe, found a terminal");
    }
    try (OutputStream out = new BufferedOutputStream(stream())) {
      PrivateWords words = withNames ? PrivateWords.NONE : PrivateWords.of(tree.root());
      TreeArchive.write(out, recording, reading.kernel(), tree.staleFacts(), notes.lines(), words);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.failed("--file: expected no file there yet, found " + e.getFile());
    } catch (IOException e) {
      throw CommandFailure.failed("writing the archive failed: " + CommandFailure.why(e));
    }
  }

  private OutputStream stream() throws IOException {
    return file.isPresent()
        ? Files.newOutputStream(file.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
        : new FileOutputStream(FileDescriptor.out);
  }

  private static <T> T checked(String option, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(option + ": " + e.getMessage());
    }
  }
}
