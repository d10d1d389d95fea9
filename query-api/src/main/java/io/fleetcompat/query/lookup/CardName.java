package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The card of an endpoint, by a name. The types of one parent share a card, and so do those of all
 * PCI functions of one bus: the virtual functions of a GPU each tell their room as if the others
 * had none. A device is a card of its own.
 *
 * @param parent of a type; empty for a device
 */
public record CardName(String name, Optional<String> parent) {

  /** A PCI address, with its domain and bus apart. */
  private static final Pattern PCI_FUNCTION =
      Pattern.compile("([0-9a-f]{4,8}:[0-9a-f]{2}):[0-9a-f]{2}\\.[0-7]");

  public static CardName of(IndexedEndpoint endpoint) {
    int host = endpoint.host().id();
    String name = endpoint.name();
    int end = name.indexOf('/');
    if (end < 0 || !endpoint.host().placed().endpoints().isType(endpoint.index())) {
      return new CardName(host + " device " + name, Optional.empty());
    }
    String parent = name.substring(0, end);
    Matcher function = PCI_FUNCTION.matcher(EndpointName.decode(parent));
    return new CardName(
        host + " " + (function.matches() ? function.group(1) : parent), Optional.of(parent));
  }
}
