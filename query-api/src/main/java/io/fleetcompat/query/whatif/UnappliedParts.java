package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.whatif.WhatIfResult.NotApplied;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a change of software that change no profile of a host, neither alone nor together
 * with the others: there they are not applied. One use, one thread.
 */
final class UnappliedParts {

  private final ProfileFacts facts;
  private final SoftwareChange whole;
  private final boolean changesKernel;
  private final List<Part> parts = new ArrayList<>();
  private final Map<From, BitSet> touched = new HashMap<>();

  /** A part, alone and left out of the whole. */
  private record Part(
      NotApplied.Kind kind, String name, SoftwareChange alone, SoftwareChange others) {}

  /** All that another profile follows from. */
  private record From(int slot, Optional<String> kernel) {}

  UnappliedParts(HypotheticalChange change, ProfileFacts facts, SoftwareChange whole) {
    this.facts = facts;
    this.whole = whole;
    this.changesKernel = change.kernel().isPresent();
    SortedMap<String, Attribute> attributes = change.attributes();
    attributes.forEach(
        (name, value) -> {
          SortedMap<String, Attribute> alone = new TreeMap<>();
          alone.put(name, value);
          SortedMap<String, Attribute> others = new TreeMap<>(attributes);
          others.remove(name);
          add(
              value instanceof Attribute.Absent ? NotApplied.Kind.UNSET : NotApplied.Kind.SET,
              name,
              change.withSoftware(alone, Optional.empty(), Optional.empty()),
              change.withSoftware(others, change.driver(), change.kernel()));
        });
    SortedMap<String, Attribute> none = new TreeMap<>();
    change
        .driver()
        .ifPresent(
            driver ->
                add(
                    NotApplied.Kind.DRIVER,
                    driver.module(),
                    change.withSoftware(none, change.driver(), Optional.empty()),
                    change.withSoftware(attributes, Optional.empty(), change.kernel())));
    change
        .kernel()
        .ifPresent(
            release ->
                add(
                    NotApplied.Kind.KERNEL,
                    release,
                    change.withSoftware(none, Optional.empty(), change.kernel()),
                    change.withSoftware(attributes, change.driver(), Optional.empty())));
  }

  private void add(
      NotApplied.Kind kind, String name, HypotheticalChange alone, HypotheticalChange others) {
    parts.add(
        new Part(kind, name, new SoftwareChange(alone, facts), new SoftwareChange(others, facts)));
  }

  /** The parts that are not applied on some of the hosts, with the number of these. */
  List<NotApplied> of(List<Host> hosts, Deadline deadline) {
    int[] untouched = new int[parts.size()];
    for (Host host : hosts) {
      deadline.check();
      BitSet here = touched(host);
      for (int part = here.nextClearBit(0);
          part < parts.size();
          part = here.nextClearBit(part + 1)) {
        untouched[part]++;
      }
    }
    List<NotApplied> found = new ArrayList<>();
    for (int part = 0; part < untouched.length; part++) {
      if (untouched[part] > 0) {
        found.add(new NotApplied(parts.get(part).kind(), parts.get(part).name(), untouched[part]));
      }
    }
    return found;
  }

  private BitSet touched(Host host) {
    Optional<String> kernel = changesKernel ? host.placed().kernel() : Optional.empty();
    EndpointTable endpoints = host.placed().endpoints();
    BitSet found = new BitSet();
    for (int i = 0; i < endpoints.size(); i++) {
      int slot = endpoints.slot(i);
      found.or(touched.computeIfAbsent(new From(slot, kernel), _ -> touched(slot, host)));
    }
    return found;
  }

  private BitSet touched(int slot, Host host) {
    Optional<Profile> changed = whole.edited(slot, host);
    BitSet found = new BitSet();
    for (int part = 0; part < parts.size(); part++) {
      Part of = parts.get(part);
      found.set(
          part,
          !of.alone().edited(slot, host).equals(facts.profile(slot))
              || !of.others().edited(slot, host).equals(changed));
    }
    return found;
  }
}
