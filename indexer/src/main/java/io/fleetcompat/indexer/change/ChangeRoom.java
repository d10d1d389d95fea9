package io.fleetcompat.indexer.change;

import io.fleetcompat.compatibility.profile.VersionAttributes;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The room that is left in the record of one change: what is too long is cut, and what does not fit
 * is left out. One thread.
 */
final class ChangeRoom {

  /** Most moves of a change; the rest are left out. */
  static final int MOVES = 4096;

  /**
   * All values and names of a change together, in bytes. Beside the value of before there is 1 MiB;
   * moves themselves take less than a quarter of it.
   */
  static final int TEXT_BYTES = 512 << 10;

  private long bytes = TEXT_BYTES;
  private int names = Limits.CHANGED_NAMES;

  /** The values as they are told, sorted by name; those that others look for have room first. */
  List<ChangedValue> values(Collection<ChangedValue> values) {
    TreeMap<String, ChangedValue> told = new TreeMap<>();
    List<ChangedValue> sorted =
        values.stream().sorted(Comparator.comparingInt(ChangeRoom::rank)).toList();
    for (ChangedValue value : sorted) {
      ChangedValue cut = cut(value);
      if (told.size() == Limits.CHANGED_VALUES || !takes(size(cut))) {
        break;
      }
      told.putIfAbsent(cut.getName(), cut);
    }
    return List.copyOf(told.values());
  }

  /** The names of a renamed host come before versions, by which upgrades are told, and the rest. */
  private static int rank(ChangedValue value) {
    String name = value.getName();
    if (name.equals("host")) {
      return 0;
    }
    boolean version =
        name.equals("kernel") || name.startsWith("driver/") || VersionAttributes.contains(name);
    return version ? 1 : 2;
  }

  /** A move as it is told. */
  EndpointMove move(EndpointMove move) {
    List<ChangedValue> values = values(move.getValues());
    return new EndpointMove(
        move.getFrom(),
        move.getTo(),
        move.getDevices(),
        move.getTypes(),
        names(move.getEndpoints()),
        values);
  }

  private List<String> names(List<String> endpoints) {
    List<String> told = new ArrayList<>();
    for (String name : endpoints) {
      if (names == 0 || !takes(DocumentSize.of(name))) {
        break;
      }
      names--;
      told.add(name);
    }
    return told;
  }

  private boolean takes(long size) {
    if (size > bytes) {
      return false;
    }
    bytes -= size;
    return true;
  }

  private static ChangedValue cut(ChangedValue value) {
    return new ChangedValue(
        CutText.of(value.getName(), Limits.PATH), cut(value.getFrom()), cut(value.getTo()));
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : CutText.of(text, Limits.CHANGED_VALUE);
  }

  private static long size(ChangedValue value) {
    return DocumentSize.of(value.getName()) + size(value.getFrom()) + size(value.getTo());
  }

  private static long size(@Nullable String text) {
    return 1 + (text == null ? 0 : DocumentSize.of(text));
  }
}
