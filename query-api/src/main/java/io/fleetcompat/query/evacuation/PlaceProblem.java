package io.fleetcompat.query.evacuation;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Devices that each want one of several places. Pure data.
 *
 * @param places each with its room and its card
 * @param wishesByDevice the places that each device may take, by place, each once
 */
public record PlaceProblem(List<Place> places, List<List<Wish>> wishesByDevice) {
  /**
   * A place.
   *
   * @param room how many devices it takes
   * @param card the places of one card exclude each other: it takes new devices of one type only
   */
  public record Place(int room, int card) {}

  /**
   * A place that a device may take.
   *
   * @param cost less for a better one; 0 or more
   */
  public record Wish(int place, long cost) {}

  public PlaceProblem {
    places = List.copyOf(places);
    IdentityHashMap<List<Wish>, List<Wish>> known =
        new IdentityHashMap<>(); // many devices have the same list
    wishesByDevice =
        wishesByDevice.stream()
            .map(wishes -> known.computeIfAbsent(wishes, PlaceProblem::sorted))
            .toList();
  }

  private static List<Wish> sorted(List<Wish> wishes) {
    return wishes.stream().sorted(Comparator.comparingInt(Wish::place)).toList();
  }

  int devices() {
    return wishesByDevice.size();
  }

  List<Wish> wishes(int device) {
    return wishesByDevice.get(device);
  }

  /** The cost of a place that the device may take; its wishes are in order of place. */
  long cost(int device, int place) {
    List<Wish> wishes = wishes(device);
    int at =
        Collections.binarySearch(wishes, new Wish(place, 0), Comparator.comparingInt(Wish::place));
    if (at < 0) {
      throw new IllegalArgumentException("device " + device + " may not take place " + place);
    }
    return wishes.get(at).cost();
  }
}
