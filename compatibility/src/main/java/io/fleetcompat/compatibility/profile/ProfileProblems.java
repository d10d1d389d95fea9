package io.fleetcompat.compatibility.profile;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is malformed or unreadable among parsed attributes. */
final class ProfileProblems {

  private final List<Problem> problems = new ArrayList<>();

  void add(String attribute, Parsed<?> parsed) {
    switch (parsed) {
      case Parsed.Malformed<?>(String problem) ->
          problems.add(new Problem(attribute, ProblemCode.MALFORMED, problem));
      case Parsed.Unreadable<?>(String errno) ->
          problems.add(new Problem(attribute, ProblemCode.UNREADABLE, "reading it gave " + errno));
      case Parsed.Value<?> value -> {}
      case Parsed.Absent<?> absent -> {}
    }
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }
}
