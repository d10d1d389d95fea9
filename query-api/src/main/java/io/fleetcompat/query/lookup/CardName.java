package io.fleetcompat.query.lookup;

import io.fleetcompat.inventory.EndpointName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The card of an endpoint, by a name. The types of one parent share a card, and so do those of the
 * virtual functions of one physical function, each of which tells its room as if the others had
 * none. All PCI functions of one bus count as one card, since nobody may have told which are
 * virtual: that makes nothing certain that is not. A device is a card of its own.
 */
public record CardName(String name) {

  /** A PCI address, with its domain and bus apart. */
  private static final Pattern PCI_FUNCTION =
      Pattern.compile("([0-9a-f]{4,8}:[0-9a-f]{2}):[0-9a-f]{2}\\.[0-7]");

  public static CardName of(IndexedEndpoint endpoint) {
    int host = endpoint.host().id();
    String name = endpoint.name();
    int end = name.indexOf('/');
    if (end < 0 || !endpoint.host().placed().endpoints().isType(endpoint.index())) {
      return new CardName(host + " device " + name);
    }
    String parent = EndpointName.decode(name.substring(0, end));
    String card = endpoint.host().placed().cards().physicalOf(parent).orElse(parent);
    Matcher function = PCI_FUNCTION.matcher(card);
    return new CardName(host + " " + (function.matches() ? function.group(1) : card));
  }
}
