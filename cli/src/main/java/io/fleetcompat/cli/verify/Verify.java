package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.client.AddressOption;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.FormatOption;
import io.fleetcompat.collector.HostConfig;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.NaiveAnswers;
import io.fleetcompat.oracle.NaiveJudge;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command that compares what a running API answers with what the rules say of trees on disk.
 */
@Command(
    name = "verify",
    description =
        "Judge every ordered pair of a fleet directory by brute force, without profiles or index,"
            + " and compare the verdicts with those of a running API. Exit status 3: they differ.",
    footer = {"%nExample:", "  fleetcompat verify --fleet /srv/fleet"})
public final class Verify implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--fleet",
      required = true,
      paramLabel = "DIR",
      description = "The fleet directory that the collectors read.")
  private Path fleet;

  @Mixin private AddressOption address;

  @Mixin private FormatOption output;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Compare only N pairs, chosen at random.")
  private Optional<Long> sample;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Choose the sample by this seed (default: another sample each time).")
  private Optional<Long> seed;

  @Option(
      names = "--elsewhere",
      paramLabel = "HOST",
      description =
          "Accept this host in the index although the directory does not have it; may be repeated."
              + " This machine is always accepted, because 'up' collects from it.")
  private List<String> elsewhere = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "Wait at most this long for one answer (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description =
          "Read from Kafka what drivers answered (docs/rules.md 3.3). Without it nobody is taken to"
              + " have been asked.")
  private Optional<String> bootstrapServers;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "The prefix of the topics, with --bootstrap-servers.")
  private String topicPrefix;

  private Verify() {}

  @Override
  public Integer call() {
    Api api = api();
    if (!Files.isDirectory(fleet)) {
      throw CommandFailure.failed("expected a fleet directory at " + fleet + ", found none");
    }
    try (VerifiedApi verified = new VerifiedApi(api.base(), api.timeout())) {
      Report report = verify(verified);
      PrintWriter out = spec.commandLine().getOut();
      switch (output.format()) {
        case json -> out.println(report.json());
        case yaml -> out.print(report.yaml());
        case text -> report.text(out);
      }
      return report.agrees() ? ExitStatus.OK : ExitStatus.INCOMPATIBLE;
    } catch (IOException e) {
      throw CommandFailure.failed("the fleet directory cannot be read: " + e);
    }
  }

  private Report verify(VerifiedApi verified) throws IOException {
    long begin = System.nanoTime();
    FleetDirectory directory = new FleetDirectory(fleet);
    Expectations expectations = new Expectations(new NaiveJudge(verified.policies(), answers()));
    DiskFleet disk = DiskFleet.read(directory);
    PairRun run = new PairRun(verified, expectations, disk, this::progress);
    say("%d hosts on disk, %d ordered pairs".formatted(disk.hosts().size(), run.pairs()));
    Optional<Long> used = sample.map(_ -> seed.orElseGet(() -> System.nanoTime() & 0xffffff));
    if (sample.isPresent()) {
      say("comparing a sample of %d, seed %d".formatted(sample.get(), used.orElseThrow()));
      run.sample(sample.get(), new Random(used.orElseThrow()));
    } else {
      run.all();
    }
    HostSets sets = new HostSets(verified, elsewhere());
    LastingMismatches.Result result =
        new LastingMismatches(directory, verified, expectations, sets, InstantSource.system())
            .settle(run.kept(), sets.findings(disk));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new Report(
        disk,
        run.compared(),
        run.notKept(),
        run.inPart(),
        expectations.distinctContents(),
        result,
        used,
        took);
  }

  private NaiveAnswers answers() {
    try {
      Topics topics = new Topics(topicPrefix, 1, (short) 1);
      return bootstrapServers
          .map(servers -> KeptAnswers.read(servers, topics.probeVerdicts()))
          .orElse(NaiveAnswers.NONE);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--topic-prefix: " + e.getMessage());
    }
  }

  private Api api() {
    try {
      if (sample.isPresent() && sample.get() < 1) {
        throw new IllegalArgumentException("expected --sample above 0, found " + sample.get());
      }
      return address.api(Times.parse(timeout));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private SortedSet<String> elsewhere() {
    SortedSet<String> hosts = new TreeSet<>(elsewhere);
    hosts.add(HostConfig.ownName());
    return hosts;
  }

  private long lastSaid;

  private synchronized void progress(long compared) {
    long now = System.nanoTime();
    if (now - lastSaid > Duration.ofSeconds(2).toNanos()) {
      lastSaid = now;
      say(compared + " pairs compared");
    }
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
