package io.fleetcompat.schemas;

/**
 * The subject of a change: what of the index has changed.
 *
 * @param kind the topic in which it stands
 * @param name its key in that topic, as it is spelled there; the number of the partition for {@link
 *     Kind#HISTORY}
 */
public record ChangeKey(Kind kind, String name) {

  /** The kinds of subjects. */
  public enum Kind {
    /** The history of one partition's hosts, which begins with this. */
    HISTORY("history"),
    /** A host's placement. */
    HOST("host"),
    /** A host's capacity. */
    CAPACITY("capacity"),
    /** A profile. */
    PROFILE("profile"),
    /** A record of the matrix: a rule set, or which is in force. */
    RULES("rules"),
    /** The answers of drivers to a question. */
    PROBE("probe"),
    /** An override. */
    OVERRIDE("override"),
    /** The health of a pool. */
    POOL("pool");

    private final String spelling;

    Kind(String spelling) {
      this.spelling = spelling;
    }

    /** As it stands in keys, and in answers. */
    @Override
    public String toString() {
      return spelling;
    }
  }

  /** {@code KIND/NAME}. */
  @Override
  public String toString() {
    return kind + "/" + name;
  }
}
