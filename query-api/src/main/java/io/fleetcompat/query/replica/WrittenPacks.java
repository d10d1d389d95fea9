package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.pack.BadPackException;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.PackFile;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rule packs that the indexer judged by: those of this version, with the operator's that came
 * with the matrix over them. The last ones are kept, since every generation has them. Any thread.
 */
final class WrittenPacks {

  private static final Logger LOG = LoggerFactory.getLogger(WrittenPacks.class);

  private static volatile Read last =
      new Read(new TreeMap<>(), new TreeMap<>(), RulePacks.builtIn());

  /** What was read, and what it means. */
  private record Read(
      SortedMap<String, String> files, SortedMap<String, String> options, RulePacks packs) {}

  private WrittenPacks() {}

  /**
   * The packs of a generation; those of this version where it has some that this version refuses:
   * their digest then tells that the rules are not ours.
   */
  static RulePacks of(MatrixGeneration record) {
    SortedMap<String, String> files = new TreeMap<>();
    for (PackFile file : record.getPacks()) {
      files.put(file.getFile(), file.getText());
    }
    SortedMap<String, String> options = new TreeMap<>(record.getPackOptions());
    Read known = last;
    if (!known.files.equals(files) || !known.options.equals(options)) {
      known = new Read(files, options, packs(files, options));
      last = known;
    }
    return known.packs;
  }

  private static RulePacks packs(
      SortedMap<String, String> files, SortedMap<String, String> options) {
    try {
      return RulePacks.builtIn().with(files, options);
    } catch (BadPackException e) {
      LOG.warn("a rule pack of the indexer is not accepted here: {}", e.problem());
      return RulePacks.builtIn();
    }
  }
}
