package io.fleetcompat.compatibility.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Quoted;
import java.io.StringReader;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * The tree of one YAML document, made from the parser's events, so nothing is built but texts,
 * integers, {@code true}, {@code false}, {@code null}, lists and mappings. A plain scalar is one of
 * those by its spelling (as in JSON: {@code no} and {@code 0x10} are texts). One use.
 */
final class YamlTree {

  /** Collections within each other. */
  private static final int MAX_DEPTH = 16;

  private static final String FOUND = "found ";
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String file;
  private final Map<String, Integer> lines;

  /**
   * @param lines takes the line of each node, by its JSON pointer
   */
  YamlTree(String file, Map<String, Integer> lines) {
    this.file = file;
    this.lines = lines;
  }

  JsonNode parse(String text) throws BadYamlException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LocatedYaml.MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      Iterator<Event> events = new Yaml(options).parse(new StringReader(text)).iterator();
      Event event = events.next();
      while (event instanceof StreamStartEvent || event instanceof DocumentStartEvent) {
        event = events.next();
      }
      if (!(event instanceof NodeEvent first)) {
        throw refuse(event, "a document", "none");
      }
      JsonNode root = node(first, events, JsonPointer.empty(), 0);
      events.next(); // the end of the document
      Event after = events.next();
      if (after instanceof DocumentStartEvent) {
        throw refuse(after, "one document", "another");
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw new BadYamlException(file, line(e.getProblemMark()), "YAML", said(e.getProblem()));
    } catch (YAMLException e) {
      throw new BadYamlException(file, 1, "YAML", said(e.getMessage()));
    }
  }

  private JsonNode node(NodeEvent event, Iterator<Event> events, JsonPointer at, int depth)
      throws BadYamlException {
    check(event, depth);
    lines.putIfAbsent(at.toString(), line(event.getStartMark()));
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case MappingStartEvent mapping -> mapping(events, at, depth);
      case SequenceStartEvent sequence -> sequence(events, at, depth);
      default -> throw refuse(event, "a value", "an event of another kind");
    };
  }

  private void check(NodeEvent event, int depth) throws BadYamlException {
    if (event instanceof AliasEvent || event.getAnchor() != null) {
      String mark = event instanceof AliasEvent ? "*" : "&";
      throw refuse(event, "no anchors and aliases", Quoted.of(mark + event.getAnchor()));
    }
    String tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> null;
        };
    if (tag != null) {
      throw refuse(event, "no tags", Quoted.of(tag));
    }
    if (depth > MAX_DEPTH) {
      throw refuse(event, "at most " + MAX_DEPTH + " collections within each other", "more");
    }
  }

  private ObjectNode mapping(Iterator<Event> events, JsonPointer at, int depth)
      throws BadYamlException {
    ObjectNode object = JSON.objectNode();
    Event event = events.next();
    while (!(event instanceof MappingEndEvent)) {
      if (!(event instanceof ScalarEvent key)) {
        throw refuse(event, "a key that is a text", "another kind of key");
      }
      check(key, depth);
      String name = key.getValue();
      if (object.has(name)) {
        throw refuse(event, "each key once", Quoted.of(name) + " again");
      }
      JsonPointer member = at.appendProperty(name);
      lines.put(member.toString(), line(key.getStartMark()));
      object.set(name, node((NodeEvent) events.next(), events, member, depth + 1));
      event = events.next();
    }
    return object;
  }

  private ArrayNode sequence(Iterator<Event> events, JsonPointer at, int depth)
      throws BadYamlException {
    ArrayNode array = JSON.arrayNode();
    Event event = events.next();
    while (!(event instanceof SequenceEndEvent)) {
      array.add(node((NodeEvent) event, events, at.appendIndex(array.size()), depth + 1));
      event = events.next();
    }
    return array;
  }

  private static JsonNode scalar(ScalarEvent event) {
    String text = event.getValue();
    if (!event.isPlain()) {
      return JSON.textNode(text);
    }
    return switch (text) {
      case "true" -> JSON.booleanNode(true);
      case "false" -> JSON.booleanNode(false);
      case "", "null", "~" -> JSON.nullNode();
      default ->
          INTEGER.matcher(text).matches()
              ? JSON.numberNode(Long.parseLong(text))
              : JSON.textNode(text);
    };
  }

  private BadYamlException refuse(Event event, String expected, String found) {
    return new BadYamlException(file, line(event.getStartMark()), expected, found);
  }

  private static int line(@Nullable Mark mark) {
    return mark == null ? 1 : mark.getLine() + 1;
  }

  /** The finding of the parser; some of its sentences begin with that word. */
  private static String said(@Nullable String words) {
    String found = Optional.ofNullable(words).orElse("something else");
    return Quoted.bare(
        found.startsWith(FOUND) ? found.substring(FOUND.length()) : found, 3 * Quoted.SHOWN);
  }
}
