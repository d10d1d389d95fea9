package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.records.ProbedPairs;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of whoever asks drivers, typed. One stream thread. */
final class ProbeStores {

  private static final String NEXT_NUMBER = "next-number";

  private final KeyValueStore<String, byte[]> profiles;
  private final KeyValueStore<String, byte[]> probers;
  private final KeyValueStore<String, byte[]> open;
  private final KeyValueStore<String, byte[]> verdicts;

  /**
   * Apart from the verdicts: an indexer of a version before it was there reads those, and does not
   * know a pair without answers.
   */
  private final KeyValueStore<String, byte[]> inconclusive;

  private final KeyValueStore<String, byte[]> meta;

  ProbeStores(ProcessorContext<byte[], byte[]> context) {
    this.profiles = context.getStateStore(ProbeNodes.PROFILE_STORE);
    this.probers = context.getStateStore(ProbeNodes.PROBER_STORE);
    this.open = context.getStateStore(ProbeNodes.OPEN_STORE);
    this.verdicts = context.getStateStore(ProbeNodes.VERDICT_STORE);
    this.inconclusive = context.getStateStore(ProbeNodes.INCONCLUSIVE_STORE);
    this.meta = context.getStateStore(ProbeNodes.META_STORE);
  }

  void putProfile(Fingerprint id, String canonical) {
    profiles.put(id.toString(), canonical.getBytes(StandardCharsets.UTF_8));
  }

  void removeProfile(Fingerprint id) {
    profiles.delete(id.toString());
  }

  void forEachProfile(BiConsumer<Fingerprint, String> consumer) {
    each(
        profiles,
        (key, value) ->
            consumer.accept(Fingerprint.parse(key), new String(value, StandardCharsets.UTF_8)));
  }

  void putProber(String host, byte[] prober) {
    probers.put(host, prober);
  }

  void removeProber(String host) {
    probers.delete(host);
  }

  void forEachProber(BiConsumer<String, Prober> consumer) {
    each(probers, (host, value) -> consumer.accept(host, decode(Codecs.PROBER, value)));
  }

  byte[] putOpen(ProbePair pair, ProbeRequest request) {
    byte[] encoded = Codecs.PROBE_REQUEST.encode(request);
    open.put(pair.toString(), encoded);
    return encoded;
  }

  Optional<ProbeRequest> open(ProbePair pair) {
    return Optional.ofNullable(open.get(pair.toString()))
        .map(value -> decode(Codecs.PROBE_REQUEST, value));
  }

  void removeOpen(ProbePair pair) {
    open.delete(pair.toString());
  }

  void forEachOpen(BiConsumer<ProbePair, ProbeRequest> consumer) {
    each(open, (key, value) -> consumer.accept(pair(key), decode(Codecs.PROBE_REQUEST, value)));
  }

  Optional<ProbedPair> verdict(ProbePair pair) {
    return Optional.ofNullable(verdicts.get(pair.toString()))
        .map(value -> decode(Codecs.PROBED_PAIR, value));
  }

  /** The record of answers that was told, as it is stored. */
  Optional<byte[]> told(ProbePair pair) {
    String key = pair.toString();
    return Optional.ofNullable(inconclusive.get(key))
        .or(() -> Optional.ofNullable(verdicts.get(key)));
  }

  /** Answers: whoever was asked in vain before is forgotten. */
  byte[] putVerdict(ProbePair pair, ProbedPair verdict) {
    byte[] encoded = Codecs.PROBED_PAIR.encode(verdict);
    verdicts.put(pair.toString(), encoded);
    inconclusive.delete(pair.toString());
    return encoded;
  }

  /** The answers that there were, and a host that was asked in vain since. */
  byte[] putInconclusive(ProbePair pair, ProbedPair verdict) {
    byte[] encoded = Codecs.PROBED_PAIR.encode(verdict);
    inconclusive.put(pair.toString(), encoded);
    return encoded;
  }

  /** Forgets what came of a question. */
  void removeVerdict(ProbePair pair) {
    verdicts.delete(pair.toString());
    inconclusive.delete(pair.toString());
  }

  void forEachVerdict(BiConsumer<ProbePair, ProbedPair> consumer) {
    each(verdicts, (key, value) -> consumer.accept(pair(key), decode(Codecs.PROBED_PAIR, value)));
  }

  void forEachInconclusive(BiConsumer<ProbePair, ProbedPair> consumer) {
    each(
        inconclusive,
        (key, value) -> consumer.accept(pair(key), decode(Codecs.PROBED_PAIR, value)));
  }

  long nextNumber() {
    return Optional.ofNullable(meta.get(NEXT_NUMBER))
        .map(bytes -> ByteBuffer.wrap(bytes).getLong())
        .orElse(0L);
  }

  void putNextNumber(long next) {
    meta.put(NEXT_NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
  }

  private static void each(
      KeyValueStore<String, byte[]> store, BiConsumer<String, byte[]> consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        consumer.accept(entry.key, entry.value);
      }
    }
  }

  private static ProbePair pair(String key) {
    try {
      return ProbedPairs.pair(RecordKeys.PROBE.parse(key));
    } catch (BadRecordException e) {
      throw notOurs(e);
    }
  }

  static ProbedPair decode(byte[] told) {
    return decode(Codecs.PROBED_PAIR, told);
  }

  private static <T extends SpecificRecord> T decode(RecordCodec<T> codec, byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (BadRecordException e) {
      throw notOurs(e);
    }
  }

  private static IllegalStateException notOurs(BadRecordException cause) {
    return new IllegalStateException("a store of probes holds what we did not write", cause);
  }
}
