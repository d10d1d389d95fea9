package io.fleetcompat.collector;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.keys.KeyFiles;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.Group;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a collector. */
public final class CollectorSettings {

  private static final int MOST = 999_999_999;

  private static final Path LIVE_PROC = Path.of("/proc");

  static final Key<String> HOST =
      Key.optional(
              "host",
              Kind.text("NAME", "a host name"),
              "the FQDN of this machine",
              "The name of the host, as questions and answers spell it.")
          .orOption("--host");

  static final Group LABELS =
      new Group(
          "label.",
          "Set a label of the host, such as `label.pool=blue`; `pool` and `zone` are the usual"
              + " names.",
          Optional.of("--label"),
          Map.of());

  static final Key<Path> ROOT =
      Key.of("root", Kind.PATH, HostReader.LIVE, "Read sysfs below this directory.")
          .orOption("--root");

  static final Key<Path> PROC_ROOT =
      Key.optional(
          "proc-root",
          Kind.PATH,
          "`/proc` where `root` is `/sys`, else none",
          "Tell from this directory which devices processes have open; without the right to look"
              + " into all processes of the host, nobody knows which are free.");

  static final Key<Path> FACTS_DIRECTORY =
      Key.optional(
          "facts-directory",
          Kind.PATH,
          "none",
          "Read `*.facts` files from this directory; it need not exist.");

  static final Key<String> KERNEL =
      Key.optional(
          "kernel",
          Kind.text("RELEASE", "a kernel release"),
          "what the machine says",
          "Report this kernel release; for a root that is a copy.");

  static final Key<Path> STATE_DIR =
      Key.optional(
              "state-dir",
              Kind.PATH,
              "none",
              "Keep the epoch, the host's name, and the types that cards were seen to support, in"
                  + " this directory over restarts; without one, only the clock orders two starts,"
                  + " and a renamed host does not say its former name.")
          .orOption("--state-dir");

  static final Key<Path> KEY_FILE =
      Key.optional(
              "key-file",
              Kind.PATH,
              "none",
              "Mark all records with the host's key in this file, which 'fleetcompat keys add'"
                  + " writes; with --fleet, a directory of such files. A file that is replaced is"
                  + " read again.")
          .orOption("--key-file");

  static final Key<Duration> READ_DEADLINE =
      Key.of(
          "read-deadline",
          Kind.POSITIVE_TIME,
          SysfsTree.READ_DEADLINE,
          "Maximum time for reading one attribute.");

  static final Key<Duration> FACTS_MAX_AGE =
      Key.of(
          "facts.max-age",
          Kind.TIME,
          FactsDirectory.MAX_AGE,
          "Do not believe a `*.facts` file that was last written longer ago than this; 0s"
              + " believes any.");

  static final Key<Boolean> PROBE =
      Key.of(
              "probe",
              Kind.FLAG,
              false,
              "Ask this host's drivers about the versions of others, by writing to"
                  + " `migration_version`; needs the right to.")
          .orOption("--probe");

  static final Key<Duration> PROBE_DEADLINE =
      Key.of(
          "probe-deadline",
          Kind.POSITIVE_TIME,
          Duration.ofSeconds(2),
          "Maximum time for a driver to answer.");

  static final Key<Duration> RESCAN =
      interval("rescan", Intervals.DEFAULT.rescan(), "Time between full scans.");

  static final Key<Duration> POLL =
      interval(
          "poll",
          Intervals.DEFAULT.poll(),
          "Time between checks of a root that is a copy; 10 s in a fleet directory"
              + " that the kernel watches.");

  static final Key<Duration> REFRESH =
      interval(
          "refresh",
          Intervals.DEFAULT.refresh(),
          "Send the whole document again after this time, even if nothing changed.");

  static final Key<Duration> HEARTBEAT =
      interval("heartbeat", Intervals.DEFAULT.heartbeat(), "Time between heartbeats.");

  static final Key<Duration> SETTLE =
      interval(
          "settle",
          Intervals.DEFAULT.settle(),
          "After a uevent, scan when no other has come for this long.");

  static final Key<Duration> SETTLE_MOST =
      interval(
          "settle-most",
          Intervals.DEFAULT.settleMost(),
          "Scan at the latest this long after a uevent, even if more uevents come.");

  static final Key<Duration> LATE =
      interval(
          "late",
          Intervals.DEFAULT.late(),
          "Scan once more this long after a uevent, because drivers add attributes late.");

  static final Key<Duration> RESEND =
      interval(
          "resend",
          Intervals.DEFAULT.resend(),
          "Send the whole document again within this time, at a moment by chance, when Kafka has"
              + " lost it, or the host has another key.");

  static final Key<Duration> USE =
      interval("use", Intervals.DEFAULT.use(), "Time between looks at which devices are in use.");

  static final Key<Integer> DEPTH =
      bound("depth", Bounds.DEFAULT.depth(), "Maximum depth of the directories that are read.");

  static final Key<Integer> NODES =
      bound("nodes", Bounds.DEFAULT.nodes(), "Maximum number of directories in one scan.");

  static final Key<Integer> ENTRIES =
      bound("entries", Bounds.DEFAULT.entries(), "Maximum number of entries in one directory.");

  static final Key<Integer> ENDPOINTS =
      Key.of(
          "bounds.endpoints",
          Kind.number("N", 1, Limits.ENDPOINTS),
          Bounds.DEFAULT.endpoints(),
          "Maximum number of endpoints of a host, and of its other PCI functions; at most the"
              + " default.");

  static final Key<Integer> ATTRIBUTES =
      bound("attributes", Bounds.DEFAULT.attributes(), "Maximum number of attributes of a host.");

  static final Key<Integer> BYTES =
      Key.optional(
          "bounds.bytes",
          Kind.smallSize(1, Bounds.MAX_BYTES),
          "3 MiB, or a sixteenth of the heap where that is less",
          "Maximum size of a host's document, in UTF-8 with all that belongs to it; at"
              + " most 3 MiB.");

  static final Key<Integer> MEMORY =
      Key.optional(
          "bounds.memory",
          Kind.smallSize(1, MOST),
          "a sixth of the heap",
          "Maximum memory that the endpoints of a host take while they are read, about.");

  public static final Catalogue CATALOGUE =
      Catalogue.of(
          "collect",
          List.of(
              HOST,
              ROOT,
              PROC_ROOT,
              FACTS_DIRECTORY,
              KERNEL,
              STATE_DIR,
              KEY_FILE,
              READ_DEADLINE,
              FACTS_MAX_AGE,
              PROBE,
              PROBE_DEADLINE,
              RESCAN,
              POLL,
              REFRESH,
              HEARTBEAT,
              SETTLE,
              SETTLE_MOST,
              LATE,
              RESEND,
              USE,
              DEPTH,
              NODES,
              ENTRIES,
              ENDPOINTS,
              ATTRIBUTES,
              BYTES,
              MEMORY),
          LABELS);

  private CollectorSettings() {}

  private static Key<Duration> interval(String name, Duration value, String description) {
    return Key.of("interval." + name, Kind.POSITIVE_TIME, value, description);
  }

  private static Key<Integer> bound(String name, int value, String description) {
    return Key.of("bounds." + name, Kind.number("N", 1, MOST), value, description);
  }

  /**
   * The configuration of one host's collector.
   *
   * @throws io.fleetcompat.settings.BadSettingException where the values do not fit together
   */
  public static CollectorConfig config(Values values) {
    return new CollectorConfig(host(values), process(values));
  }

  private static HostConfig host(Values values) {
    Path root = values.get(ROOT);
    Optional<Path> facts = values.find(FACTS_DIRECTORY);
    return values.make(
        read ->
            new HostConfig(
                read.find(HOST).orElseGet(HostConfig::ownName),
                read.group(LABELS),
                root,
                read.find(PROC_ROOT).or(() -> procOf(root)),
                facts,
                read.find(KERNEL),
                false));
  }

  /** The processes of a copied root are another machine's. */
  private static Optional<Path> procOf(Path root) {
    return root.equals(HostReader.LIVE) ? Optional.of(LIVE_PROC) : Optional.empty();
  }

  /**
   * The configuration that all collectors of a process share.
   *
   * @throws io.fleetcompat.settings.BadSettingException where the values do not fit together
   */
  public static ProcessConfig process(Values values) {
    return new ProcessConfig(
        values.find(STATE_DIR),
        values.make(CollectorSettings::topicPrefix),
        values.get(READ_DEADLINE),
        values.get(FACTS_MAX_AGE),
        values.make(CollectorSettings::intervals),
        values.make(CollectorSettings::bounds),
        Optional.of(values.get(PROBE_DEADLINE)).filter(_ -> values.get(PROBE)),
        ClientProperties.of(values)
            .and("bootstrap.servers", values.get(ProcessKeys.BOOTSTRAP_SERVERS)),
        values.find(KEY_FILE).<HostKeys>map(KeyFiles::new).orElseGet(HostKeys::none),
        FactCatalogue.OPEN);
  }

  private static String topicPrefix(Values values) {
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    return new Topics(prefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1).prefix();
  }

  private static Intervals intervals(Values values) {
    return new Intervals(
        values.get(RESCAN),
        values.get(POLL),
        values.get(REFRESH),
        values.get(HEARTBEAT),
        values.get(SETTLE),
        values.get(SETTLE_MOST),
        values.get(LATE),
        values.get(RESEND),
        values.get(USE));
  }

  private static Bounds bounds(Values values) {
    return new Bounds(
        values.get(DEPTH),
        values.get(NODES),
        values.get(ENTRIES),
        values.get(ENDPOINTS),
        values.get(ATTRIBUTES),
        values.find(BYTES).orElse(Bounds.DEFAULT.bytes()),
        values.find(MEMORY).map(Integer::longValue).orElse(Bounds.DEFAULT.memory()));
  }
}
