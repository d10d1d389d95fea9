package io.fleetcompat.query.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that can be asked.
 *
 * @param path with {@code {name}} as one of its parts where it has a variable
 * @param parameters that the query may have, sorted
 * @param index whether it needs the index
 */
record Route(Method method, String path, List<String> parameters, Index index, Handler handler) {

  static final String MIN_REVISION = "min-revision";
  static final String MIN_DOCUMENT = "min-document";
  static final String WAIT_MS = "wait-ms";
  static final String AS_OF = "as-of";
  static final String MAX_BEHIND = "max-behind";
  private static final List<String> WAITING = List.of(MIN_DOCUMENT, MIN_REVISION, WAIT_MS);

  /** The methods that are served; HEAD is GET without the body. */
  enum Method {
    GET,
    POST
  }

  /** The need of a route for an index that is ready, and holds what a caller asks to wait for. */
  enum Index {
    /** It answers whatever the index's state. */
    NEVER,
    /** It answers whatever the index's state, but for a caller who asks to wait. */
    MAY,
    /** It is refused before the index is ready. */
    MUST
  }

  /** A handler of calls. */
  interface Handler {
    Response answer(Call call);
  }

  /** A question to the index. */
  static Route index(Method method, String path, Set<String> parameters, Handler handler) {
    Set<String> all = new TreeSet<>(parameters);
    all.addAll(WAITING);
    return new Route(method, path, List.copyOf(all), Index.MUST, handler);
  }

  /** The same question, which may also be asked as of a time that is past. */
  Route orPast() {
    return or(AS_OF);
  }

  /** The same question, of which the caller may say how far behind the index may be. */
  Route orWithin() {
    return or(MAX_BEHIND);
  }

  private Route or(String parameter) {
    Set<String> all = new TreeSet<>(parameters);
    all.add(parameter);
    return new Route(method, path, List.copyOf(all), index, handler);
  }

  /** Something that is answered whatever the index's state, but for who asks to wait for one. */
  static Route alwaysOrWaiting(String path, Handler handler) {
    return new Route(Method.GET, path, WAITING, Index.MAY, handler);
  }

  /** Likewise, with parameters of its own. */
  static Route alwaysOrWaiting(String path, Set<String> parameters, Handler handler) {
    Set<String> all = new TreeSet<>(parameters);
    all.addAll(WAITING);
    return new Route(Method.GET, path, List.copyOf(all), Index.MAY, handler);
  }

  /** Something that is answered whatever the index's state. */
  static Route always(String path, Handler handler) {
    return new Route(Method.GET, path, List.of(), Index.NEVER, handler);
  }

  /** The value of a parameter that not every route has. */
  Optional<String> find(String parameter, Parameters asked) {
    return parameters.contains(parameter) ? asked.find(parameter) : Optional.empty();
  }

  boolean hasVariable() {
    return path.indexOf('{') >= 0;
  }

  /** The path with an empty name for its variable. */
  String pattern() {
    return hasVariable()
        ? path.substring(0, path.indexOf('{') + 1) + path.substring(path.indexOf('}'))
        : path;
  }
}
