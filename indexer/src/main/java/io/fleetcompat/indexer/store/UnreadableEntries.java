package io.fleetcompat.indexer.store;

import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.schemas.BadRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of a task's stores that cannot be read: somebody else wrote to their changelog.
 * Whoever meets one goes on as if it were not there; with the next sweep it is rejected and
 * counted, once, and whoever keeps the store makes anew what depends on it. Only then may something
 * be sent. One stream thread.
 */
public final class UnreadableEntries {

  private final ProcessorContext<byte[], byte[]> context;
  private final String sink;
  private final Rejection rejection;
  private final Map<Place, Entry> found = new LinkedHashMap<>();

  /** The hashes of what was rejected: an entry may stay until its value is made anew. */
  private final Map<Place, Integer> rejected = new HashMap<>();

  private record Place(String store, String key) {}

  private record Entry(
      KeyValueStore<String, byte[]> store,
      ByteBuffer value,
      BadRecordException why,
      Runnable mend) {}

  /**
   * @param sink the name, within the topology, of the one that takes what is rejected
   */
  public UnreadableEntries(
      ProcessorContext<byte[], byte[]> context, String sink, Rejection rejection) {
    this.context = context;
    this.sink = sink;
    this.rejection = rejection;
  }

  /**
   * An entry cannot be read.
   *
   * @param mend takes it away, or has its value made anew; it is called once, and again after a
   *     start, as long as the entry is there
   */
  public void add(
      KeyValueStore<String, byte[]> store,
      String key,
      byte[] value,
      BadRecordException why,
      Runnable mend) {
    Place place = new Place(store.name(), key);
    Integer known = rejected.get(place);
    if (known == null || known != Arrays.hashCode(value)) {
      found.putIfAbsent(place, new Entry(store, ByteBuffer.wrap(value), why, mend));
    }
  }

  /** True where a sweep would do nothing. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Rejects what was found, and has it mended unless it was replaced meanwhile. */
  public void sweep(long now) {
    while (!found.isEmpty()) {
      List<Map.Entry<Place, Entry>> all = List.copyOf(found.entrySet());
      found.clear();
      all.forEach(each -> sweep(each.getKey(), each.getValue(), now));
    }
  }

  private void sweep(Place place, Entry entry, long now) {
    byte[] value = entry.value().array();
    rejected.put(place, Arrays.hashCode(value));
    context.forward(
        rejection.ofChangelog(
            context.applicationId() + "-" + place.store() + "-changelog",
            context.taskId().partition(),
            StoreKeySerde.bytes(place.key()),
            value,
            entry.why(),
            now),
        sink);
    if (Arrays.equals(entry.store().get(place.key()), value)) {
      entry.mend().run();
    }
  }
}
