package io.fleetcompat.collector.state;

import io.fleetcompat.collector.sysfs.readers.Card;
import io.fleetcompat.collector.sysfs.readers.SupportedType;
import io.fleetcompat.collector.sysfs.readers.SupportedTypes;
import io.fleetcompat.collector.sysfs.readers.SupportedTypes.SeenCard;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code <state>/types-<host>}: the types that the cards of a host were seen to support. Lines of
 * words, each encoded as in the name of an endpoint. A file that is damaged, or another host's or
 * machine's, is not believed: types are learned anew, and until then those that are not listed are
 * not offered.
 *
 * @param machineId the machine that writes; empty where nothing is known
 */
public record SupportedTypesFile(StateFile file, String host, String machineId) {

  private static final Logger LOG = LoggerFactory.getLogger(SupportedTypesFile.class);
  private static final String FORMAT = "fleetcompat-types 1";
  private static final String IDLE = "idle";

  /** An encoded character takes at most nine: three bytes, three characters each. */
  private static final int MAX_BYTES = 9 * (int) SupportedTypes.MAX_SIZE + (1 << 20);

  /** The file of a host on this machine. */
  public static SupportedTypesFile in(Path directory, String host) {
    return of(directory, host, StateOwner.machineId());
  }

  static SupportedTypesFile of(Path directory, String host, String machineId) {
    Path path = directory.resolve("types-" + StateOwner.fileName(host));
    StateFile file = new StateFile(path, StandardCharsets.UTF_8, MAX_BYTES);
    return new SupportedTypesFile(file, host, machineId);
  }

  /** The cards in the file; none where there is no file that can be believed. */
  public List<SeenCard> read() {
    if (!file.exists()) {
      return List.of();
    }
    try {
      return new Parser(file.read().split("\n", -1)).cards();
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      LOG.warn(
          "Expected the supported types of {} in {}, found {}; ignored: types are learned anew",
          host,
          file.path(),
          e.getMessage());
      return List.of();
    }
  }

  /**
   * Puts these cards in place of what the file has.
   *
   * @throws IOException if they cannot be kept
   */
  public void write(List<SeenCard> cards) throws IOException {
    StringBuilder text = new StringBuilder();
    line(text, FORMAT.split(" ")).append(owner());
    for (SeenCard card : cards) {
      line(text, "card", card.since().toString(), card.card().key(), card.card().identity());
      if (card.idle()) {
        line(text, IDLE);
      }
      for (SupportedType type : card.types()) {
        line(text, "type", type.kind().name(), type.id());
        type.content().byPath().forEach((path, attribute) -> attribute(text, path, attribute));
      }
    }
    line(text, "end");
    file.write(text.toString());
  }

  private static void attribute(StringBuilder text, String path, Attribute attribute) {
    if (attribute instanceof Attribute.Text(String value)) {
      line(text, "text", path, value);
    } else {
      line(text, "directory", path);
    }
  }

  private String owner() {
    return line(new StringBuilder(), "owner", host, machineId).toString();
  }

  private static StringBuilder line(StringBuilder text, String... words) {
    for (int i = 0; i < words.length; i++) {
      text.append(i == 0 ? "" : " ").append(EndpointName.encode(words[i]));
    }
    return text.append('\n');
  }

  /** The lines of one file being read, each exactly as it is written. */
  private final class Parser {

    private final String[] lines;
    private int next;

    Parser(String[] lines) {
      this.lines = lines;
    }

    List<SeenCard> cards() {
      require(peek().equals(FORMAT), FORMAT);
      next++;
      require((peek() + "\n").equals(owner()), "this host and machine");
      next++;
      List<SeenCard> cards = new ArrayList<>();
      while (peek().startsWith("card ")) {
        cards.add(card(words(4)));
      }
      require(peek().equals("end"), "a card or the end");
      return cards;
    }

    private SeenCard card(String[] words) {
      boolean idle = peek().equals(IDLE);
      next += idle ? 1 : 0;
      SortedSet<SupportedType> types = new TreeSet<>();
      while (peek().startsWith("type ")) {
        types.add(type(words(3)));
      }
      return new SeenCard(new Card(words[2], words[3]), Instant.parse(words[1]), idle, types);
    }

    private SupportedType type(String[] words) {
      SortedMap<String, Attribute> content = new TreeMap<>();
      while (true) {
        if (peek().startsWith("text ")) {
          String[] text = words(3);
          content.put(text[1], new Attribute.Text(text[2]));
        } else if (peek().startsWith("directory ")) {
          content.put(words(2)[1], Attribute.DIRECTORY);
        } else {
          EndpointKind kind = EndpointKind.valueOf(words[1]);
          return new SupportedType(kind, words[2], Attributes.of(Map.copyOf(content)));
        }
      }
    }

    private String peek() {
      require(next < lines.length, "the end");
      return lines[next];
    }

    private String[] words(int count) {
      String[] words = peek().split(" ", -1);
      require(words.length == count, count + " words");
      for (int i = 0; i < count; i++) {
        words[i] = EndpointName.decode(words[i]);
      }
      next++;
      return words;
    }

    private void require(boolean condition, String expected) {
      if (!condition) {
        throw new IllegalArgumentException(
            "line %d that is not as expected: %s".formatted(next + 1, expected));
      }
    }
  }
}
