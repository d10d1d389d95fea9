package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Endpoints as lines of text: {@code endpoint KIND [TYPE]}, and then {@code NODE PATH=VALUE} for
 * each attribute. Lines that are neither say nothing, so that every text is some endpoints.
 */
final class EndpointLines {

  private static final List<String> NODES =
      List.of("own", "type", "pci", "physfn", "parent", "facts");

  private EndpointLines() {}

  static List<Endpoint> parse(String text) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String block : text.split("(?m)^endpoint ", -1)) {
      String[] lines = block.split("\n", -1);
      String[] words = lines[0].split(" ", 2);
      for (EndpointKind kind : EndpointKind.values()) {
        if (kind.name().equals(words[0])) {
          endpoints.add(endpoint(kind, words.length > 1 ? words[1] : "", lines));
        }
      }
    }
    return endpoints;
  }

  private static Endpoint endpoint(EndpointKind kind, String type, String[] lines) {
    Map<String, SortedMap<String, Attribute>> nodes = new TreeMap<>();
    NODES.forEach(node -> nodes.put(node, new TreeMap<>()));
    for (String line : lines) {
      int blank = line.indexOf(' ');
      int equals = line.indexOf('=');
      SortedMap<String, Attribute> node = nodes.get(line.substring(0, Math.max(0, blank)));
      if (node != null && equals > blank + 1) {
        node.put(line.substring(blank + 1, equals), attribute(line.substring(equals + 1)));
      }
    }
    boolean named = !type.isEmpty() && type.length() <= EndpointName.MAX_PART;
    return new Endpoint(
        kind.isType()
            ? EndpointName.type("0000:00:02.0", named ? type : "type")
            : EndpointName.device("device"),
        kind,
        Optional.of(type).filter(_ -> named),
        of(nodes, "own"),
        kind == EndpointKind.MDEV_DEVICE ? type(of(nodes, "type")) : Attributes.NONE,
        of(nodes, "pci"),
        new Related(of(nodes, "physfn"), of(nodes, "parent"), of(nodes, "facts")),
        HostContext.UNKNOWN);
  }

  /** The folders of an interface are directories, as on any disk. */
  private static Attributes of(Map<String, SortedMap<String, Attribute>> nodes, String node) {
    SortedMap<String, Attribute> content = new TreeMap<>(nodes.getOrDefault(node, new TreeMap<>()));
    for (String path : List.copyOf(content.keySet())) {
      int top = path.startsWith("migration/") ? path.indexOf('/', "migration/".length()) : -1;
      for (int slash = top; slash > 0; slash = path.indexOf('/', slash + 1)) {
        content.put(path.substring(0, slash), Attribute.DIRECTORY);
      }
    }
    return Attributes.of(content);
  }

  /** The reason is all that is known of the type where a device's link leads to none. */
  private static Attributes type(Attributes type) {
    Attribute link = type.get("mdev_type");
    return link.equals(Attribute.ABSENT) ? type : Attributes.of(Map.of("mdev_type", link));
  }

  /** A bar stands for the end of a line; words with a colon for what is no text. */
  private static Attribute attribute(String value) {
    return switch (value) {
      case "dir:" -> Attribute.DIRECTORY;
      case "bad:" -> new Attribute.Malformed("expected UTF-8, found bytes that are not");
      default ->
          value.startsWith("errno:E")
              ? new Attribute.Unreadable(value.substring("errno:".length()))
              : new Attribute.Text(value.replace('|', '\n'));
    };
  }
}
