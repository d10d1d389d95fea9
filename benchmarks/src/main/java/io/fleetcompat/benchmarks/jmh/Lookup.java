package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.answer.Basis;
import io.fleetcompat.query.answer.Field;
import io.fleetcompat.query.answer.Fields;
import io.fleetcompat.query.answer.FilterAnswer;
import io.fleetcompat.query.answer.NamesAnswer;
import io.fleetcompat.query.answer.OutcomesAnswer;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.Destinations;
import io.fleetcompat.query.lookup.DestinationsQuestion;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.HostFilter;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Questions put to a view in this process: names in, verdict or page out; no HTTP. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx3g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"})
public class Lookup {

  private static final int PROFILES = 1000;
  private static final int ENDPOINTS = 16;
  private static final int POOLS = 20;
  private static final int BATCH = 5000;
  private static final long SEED = 20261121;

  /** Questions that are asked in turn; a power of two. */
  private static final int QUESTIONS = 1 << 16;

  /** Names of one filter, and destinations of one batch. */
  private static final int MANY = HostFilter.MAX_NAMES;

  /** Lists of names that are filtered in turn; a power of two. */
  private static final int CANDIDATES = 8;

  private static final Basis BASIS = new Basis(1, 1, false, Optional.empty());
  private static final Fields OUTCOMES =
      Fields.parse(Optional.of("destination,verdict"), Field.OF_PAIRS);

  private static final Duration NEVER = Duration.ofDays(100_000);

  @Param({"1000", "10000", "100000"})
  public int hosts;

  /** Of how many hosts the questions speak: as many at every size, or all there are. */
  @Param({"1000-hosts", "all-hosts"})
  public String asked = "all-hosts";

  private final IndexedFleet fleet = new IndexedFleet(SEED, ENDPOINTS, PROFILES, POOLS);
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private final Replica replica = new Replica(IndexView.empty());
  private final Sightings sightings =
      new HeardSightings(replica.lastSeen(), NEVER, NEVER, Clock.systemUTC());
  private final Checks<WrittenVerdict> checks = new Checks<>(verdicts, sightings);
  private final Destinations<WrittenVerdict> destinations = new Destinations<>(verdicts, sightings);
  private final HostFilter filter = new HostFilter(verdicts, sightings);
  private final List<List<String>> candidates = new ArrayList<>();
  private final String[] sources = new String[QUESTIONS];
  private final String[] targets = new String[QUESTIONS];
  private IndexView view = replica.snapshot().view();
  private int next;

  @Setup(Level.Trial)
  public void fill() throws BadRecordException {
    ViewEdit edit = new ViewEdit(view);
    for (int n = 0; n < PROFILES; n++) {
      Fingerprint id = fleet.profiles().get(n).fingerprint();
      edit.replay(IndexChange.profile(id, fleet.profileRecord(n)));
      edit.replay(IndexChange.row(fleet.rules(), id, fleet.row(n)));
    }
    edit.replay(IndexChange.rules(fleet.rules(), fleet.rulesRecord()));
    edit.replay(IndexChange.generation(fleet.rules(), fleet.generation(PROFILES)));
    edit.replay(IndexChange.inForce(fleet.inForce()));
    for (int host = 0; host < hosts; host++) {
      edit.replay(IndexChange.placed(IndexedFleet.host(host), fleet.placement(host, 1)));
      if (host % BATCH == BATCH - 1) {
        view = edit.commit();
      }
    }
    view = edit.commit();
    replica.publish(new Snapshot(view, 1, 0, 0, true));
    for (int host = 0; host < hosts; host++) {
      DocumentId document = DocumentId.of(fleet.placement(host, 1));
      replica.seen(IndexedFleet.host(host), 1, document);
    }
    Random random = new Random(SEED);
    int spoken = asked.equals("all-hosts") ? hosts : Math.min(hosts, 1000);
    int step = hosts / spoken;
    for (int i = 0; i < QUESTIONS; i++) {
      sources[i] = endpoint(step * random.nextInt(spoken), random);
      targets[i] = endpoint(step * random.nextInt(spoken), random);
    }
    List<String> names = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      names.add(IndexedFleet.host(host));
    }
    for (int i = 0; i < CANDIDATES; i++) {
      Collections.shuffle(names, random);
      candidates.add(List.copyOf(names.subList(0, Math.min(hosts, MANY))));
    }
  }

  private String endpoint(int host, Random random) {
    Placement placement = fleet.placement(host, 1);
    return IndexedFleet.host(host)
        + "/"
        + placement.getEndpoints().get(random.nextInt(ENDPOINTS)).getName();
  }

  /** "May this device go there?": both names parsed and found, the verdict with its JSON. */
  @Benchmark
  public JsonBytes check() {
    int i = next++ & (QUESTIONS - 1);
    JsonBytes json = new JsonBytes();
    Checks.Check<WrittenVerdict> check =
        checks.check(view, endpoint(sources[i]), endpoint(targets[i]));
    check.pair().form().writeMembers(json, check.source().dynamic());
    return json;
  }

  /** "Where may it go?": the best ten. */
  @Benchmark
  public Destinations.Page<WrittenVerdict> destinationsLimit10() {
    return destinations.find(view, question(10), Deadline.NONE);
  }

  /** The best thousand. */
  @Benchmark
  public Destinations.Page<WrittenVerdict> destinationsLimit1000() {
    return destinations.find(view, question(1000), Deadline.NONE);
  }

  /** The names of the best thousand alone, written as JSON. */
  @Benchmark
  public JsonBytes namesLimit1000() {
    NamesAnswer names = new NamesAnswer();
    destinations.names(view, question(1000), names::endpoint, Deadline.NONE);
    return names.end();
  }

  /** Ten thousand hosts, or as many as there are, in any order: which may take this device? */
  @Benchmark
  public JsonBytes filter10000() {
    int i = next++;
    IndexedEndpoint source = endpoint(sources[i & (QUESTIONS - 1)]);
    List<String> names = candidates.get(i & (CANDIDATES - 1));
    return FilterAnswer.of(filter.find(view, List.of(source), names, Deadline.NONE), BASIS);
  }

  /** One device to ten thousand destinations: the outcomes alone, written as JSON. */
  @Benchmark
  public JsonBytes outcomes10000() {
    int i = next++;
    String named = sources[i & (QUESTIONS - 1)];
    IndexedEndpoint source = endpoint(named);
    OutcomesAnswer answer = new OutcomesAnswer(named, OUTCOMES);
    List<EndpointReference> destinations = new ArrayList<>(MANY);
    for (int n = 0; n < MANY; n++) {
      destinations.add(EndpointReference.parse(targets[(i + n) & (QUESTIONS - 1)]));
    }
    checks.outcomes(view, source, destinations, answer, Deadline.NONE);
    return answer.end(BASIS);
  }

  private DestinationsQuestion question(int limit) {
    IndexedEndpoint source = endpoint(sources[next++ & (QUESTIONS - 1)]);
    return new DestinationsQuestion(
        source,
        io.fleetcompat.query.lookup.Scope.fleet(view),
        limit,
        Optional.empty(),
        false,
        false,
        false,
        false);
  }

  private IndexedEndpoint endpoint(String reference) {
    if (Found.find(view, EndpointReference.parse(reference))
        instanceof Found.Endpoint(IndexedEndpoint found)) {
      return found;
    }
    throw new IllegalStateException("expected an endpoint of the fleet, found " + reference);
  }
}
