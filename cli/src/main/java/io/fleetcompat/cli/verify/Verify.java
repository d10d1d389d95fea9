package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.client.AddressOption;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.FormatOption;
import io.fleetcompat.cli.rules.RuleOptions;
import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.collector.HostConfig;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.NaiveAnswers;
import io.fleetcompat.oracle.NaiveJudge;
import io.fleetcompat.oracle.NaiveOverrides;
import io.fleetcompat.oracle.NaivePolicy;
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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
            + " and compare the verdicts, and the health of pools, with those of a running API."
            + " Exit status 3: they differ.",
    footer = {
      "%nExamples:",
      "  fleetcompat verify --fleet /srv/fleet",
      "  fleetcompat verify --fleet /srv/fleet --config /etc/fleetcompat/indexer.properties"
    })
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

  @Mixin private RuleOptions rules;

  @Mixin private KeptTopics kept;

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
      throw CommandFailure.failed("the fleet directory cannot be read: " + CommandFailure.why(e));
    }
  }

  private Report verify(VerifiedApi verified) throws IOException {
    long begin = System.nanoTime();
    FleetDirectory directory = new FleetDirectory(fleet);
    RulePacks packs = rules.packs();
    Optional<Cluster> cluster = kept.cluster(rules);
    requireOverridesKnown(verified, cluster);
    Optional<String> judgedBy = verified.ruleSet();
    requireSame(judgedBy, packs, verified.policies());
    Expectations expectations =
        new Expectations(
            new NaiveJudge(
                verified.policies(),
                cluster.map(KeptAnswers::read).orElse(NaiveAnswers.NONE),
                packs));
    CountingOverrides overrides =
        new CountingOverrides(
            () -> cluster.map(KeptOverrides::read).orElse(NaiveOverrides.NONE),
            InstantSource.system());
    DiskFleet disk = DiskFleet.read(directory, new CataloguedFacts());
    PairRun run = new PairRun(verified, expectations, overrides, disk, this::progress);
    say("%d hosts on disk, %d ordered pairs".formatted(disk.hosts().size(), run.pairs()));
    Optional<Long> used = sample.map(_ -> seed.orElseGet(() -> System.nanoTime() & 0xffffff));
    if (sample.isPresent()) {
      say("comparing a sample of %d, seed %d".formatted(sample.get(), used.orElseThrow()));
      run.sample(sample.get(), new Random(used.orElseThrow()));
    } else {
      run.all();
    }
    HostSets hosts = new HostSets(verified, elsewhere());
    PoolComparison pools = new PoolComparison(verified, expectations, overrides);
    Function<DiskFleet, SortedSet<String>> sets =
        now -> {
          SortedSet<String> findings = hosts.findings(now);
          if (sample.isEmpty()) {
            findings.addAll(pools.findings(now));
          }
          return findings;
        };
    LastingMismatches.Result result =
        new LastingMismatches(
                directory, verified, expectations, overrides, sets, InstantSource.system())
            .settle(run.kept(), sets.apply(disk));
    if (sample.isEmpty()) {
      say(pools.said());
    }
    if (!verified.ruleSet().equals(judgedBy)) {
      throw CommandFailure.failed(
          "the rules changed meanwhile, from %s to %s: run it again"
              .formatted(judgedBy.orElse("none"), verified.ruleSet().orElse("none")));
    }
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

  /** Refuses to compare with an index that was judged by other rules than those here. */
  private static void requireSame(
      Optional<String> judgedBy, RulePacks packs, Set<NaivePolicy> policies) {
    String here =
        RuleSet.of(policies.stream().map(p -> Policy.parse(p.toString())).toList(), packs)
            .toString();
    if (judgedBy.isPresent() && !judgedBy.get().equals(here)) {
      throw CommandFailure.failed(
          ("expected an index that was judged by the rules here, %s; found one judged by %s: give"
                  + " --rules and --rule-option, or --config, as the indexer has them (a number in"
                  + " front that differs is another version of fleetcompat)")
              .formatted(here, judgedBy.get()));
    }
  }

  /** Refuses to judge without what turns rules off, where the API says that something does. */
  private static void requireOverridesKnown(VerifiedApi verified, Optional<Cluster> cluster) {
    int counting = cluster.isPresent() ? 0 : verified.countingOverrides();
    if (counting > 0) {
      throw CommandFailure.failed(
          ("expected --bootstrap-servers, to read from Kafka which rules are turned off: the API"
                  + " says that %d overrides count")
              .formatted(counting));
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
