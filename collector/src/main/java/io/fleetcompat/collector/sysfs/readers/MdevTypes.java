package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.MdevTypeList;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code <parent>/mdev_supported_types/<type-id>/…}: the types a parent offers, and their number.
 */
final class MdevTypes implements EndpointReader {

  private static final String AVAILABLE = "available_instances";

  private final Scan scan;
  private final MdevTypeDirectories directories;
  private final CardTypes types;
  private final PciIds pci;
  private final Supplier<? extends Collection<Node>> parents;

  /** The ids that parents list, each different set of them once. */
  private final Map<Set<String>, Set<String>> lists = new HashMap<>();

  MdevTypes(
      Scan scan,
      MdevTypeDirectories directories,
      CardTypes types,
      PciIds pci,
      Supplier<? extends Collection<Node>> parents) {
    this.scan = scan;
    this.directories = directories;
    this.types = types;
    this.pci = pci;
    this.parents = parents;
  }

  @Override
  public void read(HostFindings findings) {
    List<Parent> read = new ArrayList<>();
    for (Node parent : parents.get()) {
      Optional<Node> directory = scan.child(parent, MdevParentSearch.TYPES);
      if (directory.isPresent()) {
        scan.attempt(directory.get(), () -> read.add(read(parent, directory.get(), findings)));
      } else if (scan.mayBeThere(parent, MdevParentSearch.TYPES)) {
        findings.setIncomplete(
            parent.name(), parent.at(MdevParentSearch.TYPES) + " cannot be looked into");
      }
    }
    // After all lists: what a parent does not list may be known from another one of its card.
    read.forEach(parent -> scan.attempt(parent.directory, () -> addOthers(parent, findings)));
  }

  /** A parent whose list of types was read. */
  private record Parent(
      Node node, Node directory, Optional<Card> card, Set<String> listed, boolean whole) {}

  private Parent read(Node parent, Node directory, HostFindings findings) {
    Optional<Card> card = types.card(parent);
    Set<SupportedType> listed = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Optional<String> failure =
        scan.each(
            directory,
            (id, type) -> {
              seen.add(id);
              if (findings.isFull()) {
                findings.refuse(EndpointName.type(parent.name(), id));
                return;
              }
              Attributes content = findings.share(directories.attributes(type));
              if (read(parent, id, type, content, findings)) {
                SupportedType.mdev(id, content).ifPresent(listed::add);
              }
            });
    failure.ifPresent(why -> findings.setIncomplete(parent.name(), directory.path() + ": " + why));
    if (failure.isEmpty() && seen.isEmpty()) {
      scan.problem(directory.path(), ProblemCode.MALFORMED, MdevTypeList.EMPTY);
    }
    card.ifPresent(known -> types.learn(known, listed));
    Set<String> ids = listed.stream().map(SupportedType::id).collect(Collectors.toSet());
    return new Parent(
        parent, directory, card, lists.computeIfAbsent(ids, Set::copyOf), failure.isEmpty());
  }

  /** Types that the parent was seen to support and does not list: none can be created now. */
  private void addOthers(Parent parent, HostFindings findings) {
    if (parent.card.isEmpty()) {
      return;
    }
    for (SupportedType type : types.others(parent.card.get(), Set.of())) {
      if (type.kind() == EndpointKind.MDEV_TYPE
          && !parent.listed.contains(type.id())
          && !scan.mayBeThere(parent.directory, type.id())
          && findings.addType(
              type.on(parent.node.name(), pci.of(parent.node)),
              parent.node,
              new Node(parent.directory.at(type.id())))
          && parent.whole) {
        findings.setCapacity(EndpointName.type(parent.node.name(), type.id()), 0);
      }
    }
  }

  private boolean read(
      Node parent, String id, Node type, Attributes content, HostFindings findings) {
    EndpointName name = EndpointName.type(parent.name(), id);
    boolean added =
        findings.addType(
            new Endpoint(
                name,
                EndpointKind.MDEV_TYPE,
                Optional.of(id),
                content,
                Attributes.NONE,
                pci.of(parent)),
            parent,
            type);
    if (added) {
      readCapacity(name, type, findings);
    }
    return added;
  }

  private void readCapacity(EndpointName name, Node type, HostFindings findings) {
    scan.text(type, AVAILABLE)
        .ifPresent(
            text -> {
              Optional<Integer> number = parseNumber(text);
              if (number.isPresent()) {
                findings.setCapacity(name, number.get());
              } else {
                scan.problem(
                    type.at(AVAILABLE),
                    ProblemCode.MALFORMED,
                    "expected a number, found " + Quoted.of(text, ProblemLog.MAX_TEXT));
              }
            });
  }

  private static Optional<Integer> parseNumber(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }
}
