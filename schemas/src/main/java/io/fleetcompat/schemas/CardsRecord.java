package io.fleetcompat.schemas;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.SharedCards;
import io.fleetcompat.schemas.avro.SharedCard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cards that several parents share as they travel, and back. Pure. */
public final class CardsRecord {

  private CardsRecord() {}

  static List<SharedCard> of(SharedCards cards) {
    SortedMap<String, List<String>> parentsOf = new TreeMap<>();
    for (Map.Entry<String, String> entry : cards.physicalOf().entrySet()) {
      parentsOf
          .computeIfAbsent(EndpointName.encode(entry.getValue()), _ -> new ArrayList<>())
          .add(EndpointName.encode(entry.getKey()));
    }
    List<SharedCard> records = new ArrayList<>();
    parentsOf.forEach(
        (card, parents) -> {
          Collections.sort(parents);
          records.add(new SharedCard(card, parents));
        });
    return records;
  }

  /** The cards that a decoded record tells of. */
  public static SharedCards read(List<SharedCard> records) {
    if (records.isEmpty()) {
      return SharedCards.NONE;
    }
    SortedMap<String, String> physicalOf = new TreeMap<>();
    for (SharedCard record : records) {
      String card = EndpointName.decode(record.getCard());
      record.getParents().forEach(parent -> physicalOf.put(EndpointName.decode(parent), card));
    }
    return new SharedCards(physicalOf);
  }
}
