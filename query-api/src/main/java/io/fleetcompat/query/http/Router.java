package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the route of a path. Immutable; any thread. */
final class Router {

  private final Map<String, Map<Method, Route>> exact = new HashMap<>();
  private final Map<String, Map<Method, Route>> withVariable = new HashMap<>();

  /** The routes of one path, and its variable, not yet decoded. */
  record Match(Map<Method, Route> routes, String variable) {

    /** Value of the header {@code Allow}. */
    String allow() {
      TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
      routes.keySet().forEach(method -> methods.add(method.name()));
      if (routes.containsKey(Method.GET)) {
        methods.add("HEAD");
      }
      return String.join(", ", methods);
    }
  }

  Router(List<Route> routes) {
    for (Route route : routes) {
      Map<String, Map<Method, Route>> paths = route.hasVariable() ? withVariable : exact;
      Route other =
          paths
              .computeIfAbsent(route.pattern(), _ -> new EnumMap<>(Method.class))
              .put(route.method(), route);
      if (other != null) {
        throw new IllegalArgumentException("two routes for " + route.method() + route.path());
      }
    }
  }

  Match find(String path) {
    Map<Method, Route> routes = exact.get(path);
    if (routes != null) {
      return new Match(routes, "");
    }
    return withVariable(path, path.length())
        .or(() -> withVariable(path, path.lastIndexOf('/')))
        .orElseThrow(
            () ->
                new Problem(
                    Code.NOT_FOUND,
                    "nothing is served at "
                        + Problem.quote(path)
                        + "; /openapi.json says what is"));
  }

  /** The routes of a path whose part that ends there is the variable. */
  private Optional<Match> withVariable(String path, int end) {
    int begin = path.lastIndexOf('/', end - 1) + 1;
    if (end <= 0 || begin >= end) {
      return Optional.empty();
    }
    String variable = path.substring(begin, end);
    return Optional.ofNullable(
            withVariable.get(path.substring(0, begin) + "{}" + path.substring(end)))
        .map(routes -> new Match(routes, variable));
  }
}
