package io.fleetcompat.oracle.simulated;

import io.fleetcompat.query.lookup.Checks;
import io.fleetcompat.query.lookup.EndpointReference;
import java.util.ArrayList;
import java.util.List;

/**
 * All pairs of all places of all hosts, in an order that says which ones a number is. Immutable.
 */
final class Pairs {

  private final List<Checks.Pair> all = new ArrayList<>();
  private final int places;
  private final int endpoints;

  Pairs(List<SimulatedHost> hosts, Catalogue catalogue) {
    this.places = catalogue.places();
    this.endpoints = hosts.size() * places;
    List<EndpointReference> names = new ArrayList<>();
    for (SimulatedHost host : hosts) {
      for (int place = 0; place < places; place++) {
        names.add(EndpointReference.parse(host.name() + "/" + catalogue.name(place)));
      }
    }
    names.forEach(source -> names.forEach(to -> all.add(new Checks.Pair(source, to))));
  }

  List<Checks.Pair> all() {
    return all;
  }

  /**
   * One side of a pair.
   *
   * @param endpoint the number of a place among all places of all hosts
   */
  record Side(int host, int place, int endpoint) {}

  Side source(int pair) {
    return side(pair / endpoints);
  }

  Side destination(int pair) {
    return side(pair % endpoints);
  }

  private Side side(int endpoint) {
    return new Side(endpoint / places, endpoint % places, endpoint);
  }
}
