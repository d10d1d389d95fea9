package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answers of drivers, as they are kept: by the string that was written, and by all that makes
 * the class of the place that it was written to. Immutable.
 */
public final class NaiveAnswers {

  /** The answers of whoever has asked nobody. */
  public static final NaiveAnswers NONE = new NaiveAnswers(Map.of());

  private final Map<Asked, Answer> answers;

  public NaiveAnswers(Map<Asked, Answer> answers) {
    this.answers = Map.copyOf(answers);
  }

  /** All drivers that were asked took it, the only one that was did, none did, or they disagree. */
  public enum Answer {
    ACCEPTED,
    ACCEPTED_ONCE,
    REFUSED,
    CONFLICT
  }

  /**
   * A question.
   *
   * @param written the source's string
   * @param place {@code migration_version}, {@code node} (device or type), {@code mdevType}, {@code
   *     vendor}, {@code device} and {@code driver} of the destination; what has no value is left
   *     out
   */
  public record Asked(String written, Map<String, String> place) {

    public Asked {
      place = Map.copyOf(place);
    }
  }

  /**
   * @param own the destination's string
   * @param ofDevice whether that is the string of a device's own node
   */
  Optional<Answer> find(String written, Endpoint destination, String own, boolean ofDevice) {
    Map<String, String> place = new TreeMap<>();
    place.put("migration_version", own);
    place.put("node", ofDevice ? "device" : "type");
    destination.mdevType().ifPresent(id -> place.put("mdevType", id));
    id(destination, "vendor").ifPresent(id -> place.put("vendor", id));
    id(destination, "device").ifPresent(id -> place.put("device", id));
    if (destination.pci().get("driver") instanceof Attribute.Text(String driver)) {
      place.put("driver", driver);
    }
    return Optional.ofNullable(answers.get(new Asked(written, place)));
  }

  private static Optional<String> id(Endpoint endpoint, String name) {
    return endpoint.pci().get(name) instanceof Attribute.Text(String text)
            && text.matches(NaiveValue.HARDWARE_ID)
        ? Optional.of(NaiveValue.normal(text))
        : Optional.empty();
  }
}
