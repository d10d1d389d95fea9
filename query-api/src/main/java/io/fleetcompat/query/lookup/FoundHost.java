package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;

/** The outcome of looking for a host. */
public sealed interface FoundHost {

  record Known(Host host) implements FoundHost {

    /** The name that the index has for it. */
    public String name() {
      return host.name();
    }
  }

  record Unknown(String asked) implements FoundHost {}

  /**
   * Nobody knows which is meant.
   *
   * @param meant the names that it could mean, sorted
   */
  record Ambiguous(String asked, List<String> meant) implements FoundHost {}

  /**
   * Looks for the host of that name, and where there is none, for the one that alone may be meant.
   */
  static FoundHost find(IndexView view, String name) {
    Host host = view.fleet().find(name);
    return host == null ? meant(view, name) : new Known(host);
  }

  /** The host that a name means which no host has. */
  static FoundHost meant(IndexView view, String name) {
    List<Host> meant = view.fleet().meant(name);
    return switch (meant.size()) {
      case 0 -> new Unknown(name);
      case 1 -> new Known(meant.getFirst());
      default -> new Ambiguous(name, meant.stream().map(Host::name).sorted().toList());
    };
  }
}
