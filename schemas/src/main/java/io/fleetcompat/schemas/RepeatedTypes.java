package io.fleetcompat.schemas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of a host that repeat on several parents (the VFs of one card), each list of them once
 * (ADR 0021). Pure.
 */
final class RepeatedTypes {

  private RepeatedTypes() {}

  /** The way to an entry's name, and to the same entry by another name. */
  interface Naming<E> {
    String name(E entry);

    E named(E entry, String name);
  }

  /**
   * A list that several parents have.
   *
   * @param parents encoded, sorted
   * @param types by the names of the types alone, sorted
   */
  record Group<E>(List<String> parents, List<E> types) {

    /** The number of entries that it stands for. */
    long size() {
      return (long) parents.size() * types.size();
    }
  }

  /**
   * Entries apart by whether they repeat.
   *
   * @param others under their whole names, sorted
   */
  record Grouped<E>(List<E> others, List<Group<E>> groups) {}

  /**
   * Groups entries.
   *
   * @param sorted by name, so that the types of a parent stand together; taken one by one
   */
  static <E> Grouped<E> group(Iterable<E> sorted, Naming<E> naming) {
    List<E> others = new ArrayList<>();
    Map<List<E>, List<String>> parentsOf = new LinkedHashMap<>();
    String parent = "";
    List<E> types = new ArrayList<>();
    for (E entry : sorted) {
      String name = naming.name(entry);
      int slash = name.indexOf('/');
      String of = slash < 0 ? "" : name.substring(0, slash);
      if (!of.equals(parent)) {
        add(parentsOf, types, parent);
        parent = of;
        types = new ArrayList<>();
      }
      if (slash < 0) {
        others.add(entry);
      } else {
        types.add(naming.named(entry, name.substring(slash + 1)));
      }
    }
    add(parentsOf, types, parent);
    List<Group<E>> groups = new ArrayList<>();
    parentsOf.forEach((list, parents) -> groups.add(new Group<>(parents, list)));
    return apart(others, groups, naming);
  }

  private static <E> void add(Map<List<E>, List<String>> parentsOf, List<E> types, String parent) {
    if (!types.isEmpty()) {
      parentsOf.computeIfAbsent(types, _ -> new ArrayList<>()).add(parent);
    }
  }

  /**
   * The entries of lists apart by whether several parents have them.
   *
   * @param single entries that belong to no list, sorted
   */
  static <E> Grouped<E> apart(List<E> single, List<Group<E>> lists, Naming<E> naming) {
    List<E> others = new ArrayList<>(single);
    List<Group<E>> groups = new ArrayList<>();
    for (Group<E> list : lists) {
      if (list.parents().size() > 1) {
        groups.add(new Group<>(List.copyOf(list.parents()), list.types()));
      } else {
        addAll(list, others, naming);
      }
    }
    others.sort(Comparator.comparing(naming::name));
    return new Grouped<>(others, groups);
  }

  /** All entries under their whole names, sorted. */
  static <E> List<E> expand(List<E> others, List<Group<E>> groups, Naming<E> naming) {
    if (groups.isEmpty()) {
      return others;
    }
    List<E> all = new ArrayList<>(others);
    groups.forEach(group -> addAll(group, all, naming));
    all.sort(Comparator.comparing(naming::name));
    return all;
  }

  private static <E> void addAll(Group<E> group, List<E> into, Naming<E> naming) {
    for (String parent : group.parents()) {
      for (E type : group.types()) {
        into.add(naming.named(type, parent + "/" + naming.name(type)));
      }
    }
  }
}
