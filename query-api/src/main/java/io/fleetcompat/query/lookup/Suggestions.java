package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.settings.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The names that are most like one that nothing has. Pure. */
public final class Suggestions {

  private static final int MOST_NAMED = 3;

  private static final int MOST_MEANT = 8;

  /** Names around the place where the name would stand that are looked at. */
  private static final int MOST_EXAMINED = 10_000;

  private Suggestions() {}

  /** The names for what was not found; none where it was found. */
  public static List<String> of(IndexView view, Found found) {
    return switch (found) {
      case Found.Endpoint _ -> List.of();
      case Found.NoHost(String host) -> hosts(view, host);
      case Found.NoEndpoint missing -> endpoints(view, missing);
      case Found.Ambiguous(String _, List<String> meant) ->
          meant.subList(0, Math.min(MOST_MEANT, meant.size()));
    };
  }

  /**
   * Hosts that had that name before; else those with names like it, which are compared without
   * their domains where it has none.
   */
  public static List<String> hosts(IndexView view, String name) {
    List<String> renamed = Hosts.renamedTo(view, name);
    if (!renamed.isEmpty()) {
      return renamed.stream().limit(MOST_NAMED).map(EndpointName::encode).toList();
    }
    String asked = name.toLowerCase(Locale.ROOT);
    List<String> known = around(view, asked);
    boolean isShort = asked.indexOf('.') < 0;
    List<String> like = several(asked, known, host -> isShort ? withoutDomain(host) : host);
    return like.isEmpty() && !isShort
        ? several(withoutDomain(asked), known, Suggestions::withoutDomain)
        : like;
  }

  private static List<String> several(
      String asked, List<String> known, Function<String, String> compared) {
    return Nearest.several(
            asked, known, name -> compared.apply(name.toLowerCase(Locale.ROOT)), MOST_NAMED)
        .stream()
        .map(EndpointName::encode)
        .toList();
  }

  private static String withoutDomain(String host) {
    int dot = host.indexOf('.');
    return dot < 0 ? host : host.substring(0, dot);
  }

  private static List<String> around(IndexView view, String name) {
    OrderedKeys hosts = view.fleet().members().byName();
    int place = hosts.first(key -> view.fleet().hostOf(key).name().compareTo(name) >= 0);
    OrderedKeys.Walk walk = hosts.from(begin(place, hosts.size()));
    List<String> names = new ArrayList<>();
    while (walk.hasNext() && names.size() < MOST_EXAMINED) {
      names.add(view.fleet().hostOf(walk.next()).name());
    }
    return names;
  }

  /** The first of those that are looked at. */
  private static int begin(int place, int size) {
    return Math.clamp(place - MOST_EXAMINED / 2, 0, Math.max(0, size - MOST_EXAMINED));
  }

  private static List<String> endpoints(IndexView view, Found.NoEndpoint missing) {
    Host host = view.fleet().find(missing.host());
    if (host == null) {
      return List.of();
    }
    List<String> known = new ArrayList<>(around(host.placed().endpoints().names(), missing));
    known.addAll(around(host.placed().functions(), missing));
    return Nearest.several(missing.endpoint(), known, name -> name, MOST_NAMED).stream()
        .map(name -> EndpointName.encode(host.name()) + "/" + name)
        .toList();
  }

  private static List<String> around(List<String> sorted, Found.NoEndpoint missing) {
    int found = Collections.binarySearch(sorted, missing.endpoint());
    int begin = begin(found < 0 ? -found - 1 : found, sorted.size());
    return sorted.subList(begin, Math.min(sorted.size(), begin + MOST_EXAMINED));
  }
}
