package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.records.ProbedPairs;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of whoever asks drivers, typed. One stream thread. */
final class ProbeStores {

  private static final String NEXT_NUMBER = "next-number";

  private final TypedStore<String, String> profiles;
  private final TypedStore<String, Prober> probers;
  private final TypedStore<ProbeKey, ProbeRequest> open;
  private final TypedStore<ProbeKey, ProbedPair> verdicts;

  /**
   * Apart from the verdicts: an indexer of a version before it was there reads those, and does not
   * know a pair without answers.
   */
  private final TypedStore<ProbeKey, ProbedPair> inconclusive;

  private final KeyValueStore<String, byte[]> meta;

  /** The work that makes anew what cannot be read, once it was rejected. */
  interface Lost {

    void profile(String name);

    void prober(String host);

    /** Nobody knows what drivers answered. */
    void verdict(ProbeKey pair);
  }

  ProbeStores(ProcessorContext<byte[], byte[]> context, UnreadableEntries unreadable, Lost lost) {
    this.profiles =
        new TypedStore<>(
            context.getStateStore(ProbeNodes.PROFILE_STORE),
            RecordKeys.PROFILE,
            new Contents(),
            unreadable,
            lost::profile);
    this.probers =
        new TypedStore<>(
            context.getStateStore(ProbeNodes.PROBER_STORE),
            RecordKeys.HOST,
            ValueForm.of(Codecs.PROBER),
            unreadable,
            lost::prober);
    // A question that nobody knows is asked again, and so is one that was in vain.
    this.open =
        new TypedStore<>(
            context.getStateStore(ProbeNodes.OPEN_STORE),
            RecordKeys.PROBE,
            ValueForm.of(Codecs.PROBE_REQUEST),
            unreadable);
    this.verdicts =
        new TypedStore<>(
            context.getStateStore(ProbeNodes.VERDICT_STORE),
            RecordKeys.PROBE,
            ValueForm.of(Codecs.PROBED_PAIR, ProbeStores::requirePair),
            unreadable,
            lost::verdict);
    this.inconclusive =
        new TypedStore<>(
            context.getStateStore(ProbeNodes.INCONCLUSIVE_STORE),
            RecordKeys.PROBE,
            ValueForm.of(Codecs.PROBED_PAIR, ProbeStores::requirePair),
            unreadable);
    this.meta = context.getStateStore(ProbeNodes.META_STORE);
  }

  private static void requirePair(ProbeKey key, ProbedPair record) throws BadRecordException {
    ProbedPairs.requirePair(ProbedPairs.pair(key), record);
  }

  /** The content of profiles in canonical form, which their names follow from. */
  private static final class Contents implements ValueForm<String, String> {
    @Override
    public byte[] encode(String canonical) {
      return canonical.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(String name, byte[] bytes) throws BadRecordException {
      String canonical = new String(bytes, StandardCharsets.UTF_8);
      if (!Fingerprint.of(canonical).toString().equals(name)) {
        throw new BadRecordException(
            Code.INVALID, "the content of profile " + name, Quoted.of(canonical));
      }
      return canonical;
    }
  }

  void putProfile(Fingerprint id, String canonical) {
    profiles.put(id.toString(), canonical);
  }

  void removeProfile(Fingerprint id) {
    profiles.remove(id.toString());
  }

  void forEachProfile(BiConsumer<Fingerprint, String> consumer) {
    profiles.forEach((name, canonical) -> consumer.accept(Fingerprint.parse(name), canonical));
  }

  void putProber(String host, byte[] prober) {
    probers.putEncoded(host, prober);
  }

  void removeProber(String host) {
    probers.remove(host);
  }

  void forEachProber(BiConsumer<String, Prober> consumer) {
    probers.forEach(consumer);
  }

  byte[] putOpen(ProbePair pair, ProbeRequest request) {
    return open.put(key(pair), request);
  }

  Optional<ProbeRequest> open(ProbePair pair) {
    return open.find(key(pair));
  }

  void removeOpen(ProbePair pair) {
    open.remove(key(pair));
  }

  void forEachOpen(BiConsumer<ProbePair, ProbeRequest> consumer) {
    open.forEach((key, request) -> consumer.accept(ProbedPairs.pair(key), request));
  }

  Optional<ProbedPair> verdict(ProbePair pair) {
    return verdicts.find(key(pair));
  }

  /** The record of answers that was told, as it is stored. */
  Optional<byte[]> told(ProbePair pair) {
    return inconclusive.stored(key(pair)).or(() -> verdicts.stored(key(pair)));
  }

  /** Answers: whoever was asked in vain before is forgotten. */
  byte[] putVerdict(ProbePair pair, ProbedPair verdict) {
    byte[] encoded = verdicts.put(key(pair), verdict);
    inconclusive.remove(key(pair));
    return encoded;
  }

  /** The answers that there were, and a host that was asked in vain since. */
  byte[] putInconclusive(ProbePair pair, ProbedPair verdict) {
    return inconclusive.put(key(pair), verdict);
  }

  /** Forgets what came of a question. */
  void removeVerdict(ProbePair pair) {
    verdicts.remove(key(pair));
    inconclusive.remove(key(pair));
  }

  void forEachVerdict(BiConsumer<ProbePair, ProbedPair> consumer) {
    verdicts.forEach((key, verdict) -> consumer.accept(ProbedPairs.pair(key), verdict));
  }

  void forEachInconclusive(BiConsumer<ProbePair, ProbedPair> consumer) {
    inconclusive.forEach((key, verdict) -> consumer.accept(ProbedPairs.pair(key), verdict));
  }

  /** The number that the next question gets; empty where nobody knows. */
  OptionalLong nextNumber() {
    byte[] stored = meta.get(NEXT_NUMBER);
    if (stored == null) {
      return OptionalLong.of(0);
    }
    return stored.length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(stored).getLong())
        : OptionalLong.empty();
  }

  void putNextNumber(long next) {
    meta.put(NEXT_NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
  }

  private static ProbeKey key(ProbePair pair) {
    return new ProbeKey(pair.string().toString(), pair.destination().toString());
  }

  /** A record that was stored, and could be read then. */
  static ProbedPair decode(byte[] told) {
    try {
      return Codecs.PROBED_PAIR.decode(told);
    } catch (BadRecordException e) {
      throw new IllegalStateException("a record that could be read", e);
    }
  }
}
