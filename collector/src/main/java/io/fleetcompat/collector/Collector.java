package io.fleetcompat.collector;

import io.fleetcompat.collector.fault.WatchedThreads;
import io.fleetcompat.collector.probe.ProbeDesk;
import io.fleetcompat.collector.probe.ProbeListener;
import io.fleetcompat.collector.proc.ProcessScan;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.collector.state.SpokenName;
import io.fleetcompat.collector.state.SupportedTypesFile;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.VfioDevices;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's collector: looks when it hears something and when time has passed, and publishes what
 * is new. Any number of them share a process, its publisher and its threads. What goes wrong with a
 * host is that host's {@link #failure}; what no host is to blame for ends the process: {@link
 * #hasFailed}. Any thread.
 */
public final class Collector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final CollectorConfig config;
  private final HostLook look;
  private final LookSchedule schedule;
  private final Announcer announcer;
  private final SpokenName name;
  private final InventoryPublisher publisher;

  /** Stops what only this collector uses: its publisher and its threads, where they are its own. */
  private final Runnable own;

  private Collector(
      CollectorConfig config,
      HostReader reader,
      SpokenName name,
      long epoch,
      InventoryPublisher publisher,
      ScheduledExecutorService threads,
      CollectorMetrics metrics,
      Optional<VfioDevices> vfio,
      Optional<ProbeListener> probes,
      Runnable own) {
    this.config = config;
    this.name = name;
    this.publisher = publisher;
    this.announcer =
        new Announcer(config, name, publisher, InstantSource.system(), epoch, probes.isPresent());
    this.look = new HostLook(config, reader, announcer, publisher, metrics);
    this.schedule = new LookSchedule(config, look, threads, metrics, publisher.faults());
    this.own = own;
    schedule.begin(
        announcer::heartbeat,
        vfio.flatMap(this::use),
        lost -> publisher.onLoss(config.host().name(), lost));
  }

  private Optional<Runnable> use(VfioDevices devices) {
    return config
        .host()
        .procRoot()
        .map(root -> new ProcessScan(root, System::nanoTime))
        .map(
            processes ->
                new DeviceUse(config.host().name(), devices, processes, announcer::announceUse)
                    ::look);
  }

  /**
   * A collector with a publisher and a thread of its own: the process of one host.
   *
   * @throws IOException if the root does not exist, or the epoch or the name cannot be kept
   * @throws org.apache.kafka.common.config.ConfigException for properties that no producer takes
   */
  public static Collector start(CollectorConfig config, MeterRegistry registry) throws IOException {
    LOG.info("Collecting from {}", config.host());
    SpokenName name = name(config);
    boolean started = false;
    try {
      Collector collector = start(config, name, registry);
      started = true;
      return collector;
    } finally {
      if (!started) {
        name.close();
      }
    }
  }

  private static Collector start(CollectorConfig config, SpokenName name, MeterRegistry registry)
      throws IOException {
    InventoryPublisher publisher =
        new InventoryPublisher(
            config.process().kafka().all(),
            config.process().topics(),
            config.process().keys(),
            registry);
    ScheduledExecutorService threads = new WatchedThreads("collector", 1, publisher.faults());
    Runnable own =
        () -> {
          threads.shutdownNow();
          publisher.close();
        };
    boolean started = false;
    try {
      Collector collector =
          start(config, name, publisher, threads, registry, config.process().probeDeadline(), own);
      started = true;
      return collector;
    } finally {
      if (!started) {
        own.run();
      }
    }
  }

  /**
   * One of many collectors in a process.
   *
   * @param threads where it looks; shared, and not closed with it
   * @throws IOException if the root does not exist, or the epoch cannot be kept
   */
  public static Collector start(
      CollectorConfig config,
      InventoryPublisher publisher,
      ScheduledExecutorService threads,
      MeterRegistry registry)
      throws IOException {
    SpokenName name = SpokenName.unkept(config.host().name());
    return start(config, name, publisher, threads, registry, Optional.empty(), () -> {});
  }

  private static Collector start(
      CollectorConfig config,
      SpokenName name,
      InventoryPublisher publisher,
      ScheduledExecutorService threads,
      MeterRegistry registry,
      Optional<Duration> probeDeadline,
      Runnable own)
      throws IOException {
    SysfsTree tree =
        SysfsTree.open(
            config.host().root(), config.process().bounds(), config.process().readDeadline());
    Optional<VfioDevices> vfio = config.host().procRoot().map(_ -> new VfioDevices());
    HostReader reader =
        new HostReader(
            tree,
            config.host().kernel(),
            config.facts(InstantSource.system()),
            Optional.of(memory(config)),
            vfio);
    // A host without a key would be heard by nobody.
    var _ = config.process().keys().of(config.host().name());
    long epoch = config.process().nextEpoch(config.host().name());
    Optional<ProbeListener> probes =
        probeDeadline.map(deadline -> listen(config, reader, publisher, deadline));
    Runnable all =
        () -> {
          probes.ifPresent(ProbeListener::close);
          own.run();
        };
    return new Collector(
        config,
        reader,
        name,
        epoch,
        publisher,
        threads,
        CollectorMetrics.of(registry),
        vfio,
        probes,
        all);
  }

  private static ProbeListener listen(
      CollectorConfig config, HostReader reader, InventoryPublisher publisher, Duration deadline) {
    ProbeDesk desk =
        new ProbeDesk(
            config.host().name(),
            reader::version,
            reader.prober(deadline)::probe,
            InstantSource.system());
    return ProbeListener.start(
        config.process().kafka().all(),
        config.process().topics().probeRequests(),
        desk,
        publisher::publish,
        publisher.faults());
  }

  private static TypeMemory memory(CollectorConfig config) {
    return new TypeMemory(
        config
            .process()
            .stateDirectory()
            .map(directory -> SupportedTypesFile.in(directory, config.host().name())),
        InstantSource.system());
  }

  /** The name of this machine; the hosts of a fleet's directory are none of it. */
  private static SpokenName name(CollectorConfig config) throws IOException {
    return config.process().stateDirectory().isPresent()
        ? SpokenName.in(
            config.process().stateDirectory().get(),
            config.host().root(),
            config.host().name(),
            InstantSource.system())
        : SpokenName.unkept(config.host().name());
  }

  /** True once a first look at the host was handed to the publisher. */
  public boolean hasAnnounced() {
    return look.hasAnnounced();
  }

  /**
   * The reason why the host as it is now is not announced: the last look at it failed, or what it
   * found is refused. Empty where it is, or nobody has looked yet: {@link #hasAnnounced} tells
   * which.
   */
  public Optional<Failure> failure() {
    return look.failure()
        .or(() -> publisher.refusal(config.host().name()).map(Failure.RefusedDocument::new))
        .or(() -> publisher.keyFault(config.host().name()).map(Failure.OldKey::new));
  }

  /**
   * True where this process must not go on: a thread that it needs has ended, or the JVM failed.
   */
  public boolean hasFailed() {
    return publisher.faults().first().isPresent();
  }

  public String host() {
    return config.host().name();
  }

  /** True where Kafka has the host's document, and no other is on its way. */
  public boolean isPublished() {
    return look.hasAnnounced() && publisher.unsent() == 0;
  }

  /** Somebody knows that the host has changed: looks soon; returns at once. */
  public void hint() {
    schedule.lookSoon(Cause.HINT);
  }

  /** The host is gone on purpose: stops, and says so to everybody. */
  public void remove() {
    close();
    publisher.remove(config.host().name(), announcer.epoch());
  }

  /** Stops looking. What was handed to the publisher is the publisher's. */
  @Override
  public void close() {
    look.stop();
    schedule.close();
    own.run();
    // The publisher has sent what it could: a name that was heard since the last sign of life
    // counts.
    announcer.noteName();
    name.close();
    look.close();
  }
}
