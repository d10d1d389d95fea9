package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutProblem.Device;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutStep.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A roll-out played move by move, and searched for by trying everything: for devices that are made
 * on their hosts. It shares no code with what it checks.
 */
final class NaiveRollout {

  private final RolloutProblem problem;
  private final Map<Integer, Integer> required = new HashMap<>();

  /** The place of a device; -1 where it began. */
  private record At(int host, int place, int profile) {}

  /** The pool at one moment. */
  private record Moment(Set<Integer> changed, Map<Integer, At> devices) {}

  NaiveRollout(RolloutProblem problem) {
    this.problem = problem;
    Moment first = first();
    for (int d = 0; d < problem.devices().size(); d++) {
      required.put(d, Math.min(problem.keep(), others(first, Set.of(), at(first, d))));
    }
  }

  private Moment first() {
    Map<Integer, At> devices = new HashMap<>();
    for (int d = 0; d < problem.devices().size(); d++) {
      Device device = problem.devices().get(d);
      devices.put(d, new At(device.host(), -1, device.profile()));
    }
    return new Moment(Set.of(), devices);
  }

  private static At at(Moment moment, int device) {
    return Objects.requireNonNull(moment.devices().get(device));
  }

  private Place place(int host, int place) {
    return problem.hosts().get(host).places().get(place);
  }

  /** The room that it had at first, what has left it, and what has come to it or to its card. */
  private int room(Moment moment, int host, int place) {
    int room = Math.max(0, place(host, place).room());
    boolean taken = false;
    for (int d = 0; d < problem.devices().size(); d++) {
      Device device = problem.devices().get(d);
      At at = at(moment, d);
      boolean left = device.host() == host && !(at.host() == host && at.place() == -1);
      room += left && device.frees() == place ? 1 : 0;
      room -= at.host() == host && at.place() == place ? 1 : 0;
      taken |=
          at.host() == host
              && at.place() != -1
              && at.place() != place
              && place(host, at.place()).card() == place(host, place).card();
    }
    return taken ? 0 : room;
  }

  private int profile(Moment moment, int host, int place) {
    return moment.changed().contains(host)
        ? place(host, place).after()
        : place(host, place).before();
  }

  private boolean takes(Moment moment, int profile, int host, int place) {
    return room(moment, host, place) > 0
        && problem.ways().isCompatible(profile, profile(moment, host, place));
  }

  private int others(Moment moment, Set<Integer> out, At of) {
    int others = 0;
    for (int host = 0; host < problem.hosts().size(); host++) {
      boolean any = false;
      for (int place = 0; place < problem.hosts().get(host).places().size(); place++) {
        any |= takes(moment, of.profile(), host, place);
      }
      others += any && host != of.host() && !out.contains(host) ? 1 : 0;
    }
    return others;
  }

  /** True where every device on a host that is not out could go to as many as it must. */
  private boolean keeps(Moment moment, Set<Integer> out) {
    return moment.devices().entrySet().stream()
        .filter(each -> !out.contains(each.getValue().host()))
        .allMatch(
            each ->
                others(moment, out, each.getValue())
                    >= Objects.requireNonNull(required.get(each.getKey())));
  }

  private At there(Moment moment, int host, int place) {
    Place of = place(host, place);
    return new At(
        host, place, moment.changed().contains(host) ? of.instanceAfter() : of.instanceBefore());
  }

  /** Plays a plan; gives what is wrong with it, or nothing. */
  String play(List<RolloutStep> steps) {
    Moment now = first();
    for (RolloutStep step : steps) {
      Set<Integer> out = new TreeSet<>(step.hosts());
      if (!keeps(now, out)) {
        return "too few are kept before " + step;
      }
      Map<Integer, At> devices = new HashMap<>(now.devices());
      Map<Integer, Integer> placeOfCard = new HashMap<>();
      for (Move move : step.moves()) {
        Moment then = new Moment(now.changed(), devices);
        At from = at(then, move.device());
        boolean fits =
            from.host() == move.from()
                && out.contains(from.host())
                && !out.contains(move.host())
                && takes(then, from.profile(), move.host(), move.place());
        int card = place(move.host(), move.place()).card();
        int here = move.host() * 100 + move.place();
        if (!fits || placeOfCard.computeIfAbsent(card, _ -> here) != here) {
          return "no place: " + move + " of " + step;
        }
        devices.put(move.device(), there(now, move.host(), move.place()));
      }
      Moment then = new Moment(now.changed(), devices);
      if (devices.values().stream().anyMatch(at -> out.contains(at.host()))) {
        return "a device stays on a host that is changed: " + step;
      }
      if (!keeps(then, out)) {
        return "too few are kept in " + step;
      }
      now = new Moment(union(now.changed(), out), devices);
      if (!keeps(now, Set.of())) {
        return "too few are kept after " + step;
      }
    }
    for (int host = 0; host < problem.hosts().size(); host++) {
      if (problem.hosts().get(host).changes() && !now.changed().contains(host)) {
        return "host " + host + " is not changed";
      }
    }
    return "";
  }

  private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
    Set<Integer> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  /** True where some order of any hosts at once, with any places, changes all. */
  boolean isPossible() {
    return isPossible(first(), new HashSet<>());
  }

  private boolean isPossible(Moment now, Set<String> seen) {
    List<Integer> left = new ArrayList<>();
    for (int host = 0; host < problem.hosts().size(); host++) {
      if (problem.hosts().get(host).changes() && !now.changed().contains(host)) {
        left.add(host);
      }
    }
    if (left.isEmpty()) {
      return true;
    }
    if (!seen.add(now.toString())) {
      return false;
    }
    for (int some = 1; some < 1 << left.size(); some++) {
      Set<Integer> out = new TreeSet<>();
      for (int i = 0; i < left.size(); i++) {
        if ((some & (1 << i)) != 0) {
          out.add(left.get(i));
        }
      }
      if (keeps(now, out) && place(now, now.devices(), out, 0, Map.of(), seen)) {
        return true;
      }
    }
    return false;
  }

  private boolean place(
      Moment now,
      Map<Integer, At> devices,
      Set<Integer> out,
      int device,
      Map<Integer, Integer> placeOfCard,
      Set<String> seen) {
    Moment then = new Moment(now.changed(), devices);
    if (device == problem.devices().size()) {
      return keeps(then, out) && isPossible(new Moment(union(now.changed(), out), devices), seen);
    }
    At from = at(then, device);
    if (!out.contains(from.host())) {
      return place(now, devices, out, device + 1, placeOfCard, seen);
    }
    for (int host = 0; host < problem.hosts().size(); host++) {
      for (int place = 0; place < problem.hosts().get(host).places().size(); place++) {
        int here = host * 100 + place;
        int card = place(host, place).card();
        if (!out.contains(host)
            && takes(then, from.profile(), host, place)
            && placeOfCard.getOrDefault(card, here) == here) {
          Map<Integer, At> next = new HashMap<>(devices);
          next.put(device, there(now, host, place));
          Map<Integer, Integer> cards = new HashMap<>(placeOfCard);
          cards.put(card, here);
          if (place(now, next, out, device + 1, cards, seen)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
