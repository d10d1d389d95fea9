package io.fleetcompat.cli.inspect;

import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.settings.ShownValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * A look at a host in words, to be pasted into a ticket: the summary, then each group of endpoints,
 * then what is none and why. The same tree gives the same text.
 */
final class InspectionText {

  private static final int NAME = 24;

  /** Characters of a value that are shown however long its name is. */
  private static final int MIN_VALUE = 40;

  private final LabelledText out;
  private final boolean brief;

  InspectionText(PrintWriter out, boolean brief) {
    this.out = new LabelledText(out);
    this.brief = brief;
  }

  void print(Inspection inspection) {
    summary(inspection);
    places(inspection);
    int number = 0;
    for (EndpointGroup group : inspection.groups()) {
      out.blank();
      number++;
      group(number, group);
    }
    if (!brief && inspection.whole()) {
      functions(inspection);
    }
    problems(inspection.problems());
  }

  private void summary(Inspection inspection) {
    out.line("Inspected " + inspection.root());
    out.label("kernel", inspection.reading().kernel().orElse("not known: this is a copy"));
    out.label("drivers", drivers(inspection.reading().drivers()));
    out.label("endpoints", endpoints(inspection));
    out.label(
        "functions", inspection.reading().functions().size() + " PCI functions are no endpoints");
    out.label("facts", facts(inspection));
    extent(inspection.reading().extent());
    out.label("problems", String.valueOf(inspection.problems().size()));
  }

  /** Types and endpoints that there may be beside those that are shown. */
  private void extent(Extent extent) {
    extent
        .incomplete()
        .forEach((parent, why) -> out.label("not whole", "types of " + parent + ": " + why));
    if (extent.refused() > 0) {
      out.label(
          "not whole", extent.refused() + " endpoints, facts or directories are beyond a bound");
    }
  }

  private static String drivers(List<Driver> drivers) {
    return drivers.isEmpty()
        ? "none holds an endpoint"
        : drivers.stream()
            .map(driver -> driver.name() + " " + driver.version().orElse("(no version)"))
            .collect(Collectors.joining(", "));
  }

  private static String endpoints(Inspection inspection) {
    Map<EndpointKind, Integer> kinds = inspection.kinds();
    if (kinds.isEmpty()) {
      return "none: no mdev type or device, no virtual function, none bound to VFIO, no virtio";
    }
    String each =
        kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + name(kind.getKey(), kind.getValue()))
            .collect(Collectors.joining(", "));
    int groups = inspection.groups().size();
    return "%d (%s), %s"
        .formatted(
            inspection.reading().endpoints().size(),
            each,
            inspection.whole()
                ? "shown in " + groups + (groups == 1 ? " group" : " groups")
                : "one of them shown");
  }

  static String name(EndpointKind kind, int number) {
    String one =
        switch (kind) {
          case MDEV_TYPE -> "mdev type";
          case MDEV_DEVICE -> "mdev device";
          case PCI_FUNCTION -> "PCI function";
          case VIRTIO_DEVICE -> "virtio device";
          case PARENT_DEVICE -> "parent device";
          case NVIDIA_TYPE -> "NVIDIA type";
        };
    return number == 1 ? one : one + "s";
  }

  private static String facts(Inspection inspection) {
    Map<String, Attribute> facts = inspection.reading().facts().byPath();
    return facts.isEmpty()
        ? "none about the host" + (inspection.facts().isPresent() ? "" : ": no --facts DIR")
        : FoldedFaults.of(facts).entrySet().stream()
            .map(fact -> fact.getKey() + "=" + value(fact.getValue()))
            .collect(Collectors.joining(", "));
  }

  private void places(Inspection inspection) {
    if (!inspection.whole() || (brief && !inspection.groups().isEmpty())) {
      return;
    }
    List<String> there = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Inspection.Place place : inspection.places()) {
      if (place.errno().isPresent()) {
        there.add(place.path() + " (" + place.errno().get() + ")");
      } else if (place.there()) {
        there.add(place.path() + place.entries().map(n -> " (" + n + ")").orElse(""));
      } else {
        missing.add(place.path());
      }
    }
    inspection.debugfs().ifPresent(what -> there.add(Inspection.DEBUGFS + " (" + what + ")"));
    out.list("looked at", there);
    out.list("not there", missing);
  }

  private void group(int number, EndpointGroup group) {
    out.line("%d. %s".formatted(number, group.names()));
    out.label("kind", group.members().size() + " " + name(group.kind(), group.members().size()));
    out.label("profile", group.profile().fingerprint().toString());
    out.label(
        "facets",
        group.profile().facets().isEmpty()
            ? "none"
            : group.profile().facetIds().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ")));
    out.label(
        "pack",
        group
            .pack()
            .map(pack -> pack.name() + " (" + pack.title() + ")")
            .orElse(
                group.profile().isDeclared()
                    ? "none asked: the driver declares something itself"
                    : "none"));
    capacity(group);
    answer(group.toItself());
    group.claim().ifPresent(claim -> out.label("declared", declared(claim)));
    if (!brief) {
      group.seen().forEach(this::seen);
    }
  }

  private void capacity(EndpointGroup group) {
    SortedSet<Integer> capacities = group.capacities();
    if (group.kind().isType()) {
      String each = group.members().size() > 1 ? " for each" : "";
      int unknown = group.members().size() - group.capacity().size();
      out.label(
          "capacity",
          (capacities.isEmpty()
                  ? "not known"
                  : capacities.stream().map(String::valueOf).collect(Collectors.joining(" or "))
                      + each)
              + (unknown > 0 && !capacities.isEmpty() ? ", not known of " + unknown : ""));
    }
  }

  /** The verdict of a move to an equal endpoint, with what is missing for any answer. */
  private void answer(Verdict verdict) {
    out.label("to itself", verdict.outcome().name());
    SaidOnce sentences = new SaidOnce();
    for (Reason reason : verdict.reasons()) {
      String state =
          reason instanceof Reason.Unjudged unjudged ? " (" + unjudged.state() + ")" : "";
      out.label(
          reason instanceof Reason.Unjudged ? "missing" : "because",
          reason.rule() + state + ": " + sentences.of(reason));
    }
  }

  private static String declared(ClaimCheck claim) {
    return "live_migratable=%s, %s: %s"
        .formatted(
            claim.declared(),
            switch (claim.finding()) {
              case CONFIRMED -> "as its driver shows";
              case CONTRADICTED -> "CONTRADICTED: its driver shows the contrary";
              case NOT_COMPARED -> "cannot be compared";
            },
            claim.observed().detail());
  }

  private void seen(Seen seen) {
    out.label(seen.scope(), seen.path().isEmpty() ? "from facts" : seen.path());
    FoldedFaults.of(seen.attributes().byPath())
        .forEach(
            (name, attribute) -> {
              String begin =
                  " ".repeat(LabelledText.LABEL + 5) + LabelledText.pad(name, NAME) + " ";
              int room = Math.max(MIN_VALUE, LabelledText.WIDTH - begin.length() - 1);
              out.line(begin + ShownValue.bounded(value(attribute), room));
            });
  }

  /** A value as it is shown. */
  static String value(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text(String text) -> text.isEmpty() ? "''" : text.replace("\n", " | ");
      case Attribute.Malformed(String problem) -> "(malformed: " + problem + ")";
      case Attribute.Unreadable(String errno) -> "(unreadable: " + errno + ")";
      case Attribute.Directory _ -> "(directory)";
      case Attribute.Absent _ -> "(absent)";
    };
  }

  private void functions(Inspection inspection) {
    if (inspection.reading().functions().isEmpty()) {
      return;
    }
    out.blank();
    out.line("PCI functions that are no endpoints: " + Inspection.NO_ENDPOINT);
    inspection
        .functions()
        .forEach(
            (driver, names) ->
                out.label(
                    driver.isEmpty() ? "no driver" : driver,
                    names.size() + ": " + FoldedNames.of(names)));
  }

  private void problems(List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    out.blank();
    out.line("Problems: what was skipped, or is not what it should be");
    for (Problem problem : problems) {
      String where = problem.path().isEmpty() ? "the host" : problem.path();
      out.line("  " + problem.code() + " at " + where);
      out.line("      " + problem.detail());
    }
  }
}
