package io.fleetcompat.schemas;

import io.fleetcompat.inventory.ProblemCode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of problems that a host can have, with what each is and what to do about it: those that
 * reading it met ({@link ProblemCode}), and what the indexer found wrong with what speaks for it
 * ({@link FindingKind}).
 */
public enum HostProblemKind {
  MALFORMED(
      ProblemCode.MALFORMED,
      "a file of sysfs or of facts is not as it should be",
      "`hosts NAME` has its path: mend a file of facts; of a file of sysfs report what"
          + " `inspect -o tar` archives"),
  UNREADABLE(
      ProblemCode.UNREADABLE,
      "a file is there and could not be read",
      "give the collector's user the right to read it (EACCES), or look at the driver: it answers"
          + " with an error, or not within `read-deadline`"),
  TOO_LARGE(
      ProblemCode.TOO_LARGE,
      "there is more than is kept",
      "raise the setting `bounds.*` that the detail names, where the host really has so much"),
  TRUNCATED(
      ProblemCode.TRUNCATED,
      "a file fills the page that the kernel has for it, so its end may be cut",
      "nothing here: what may be cut is unknown, and never a yes; its driver's author can shorten"
          + " it"),
  TOO_MANY_NODES(
      ProblemCode.TOO_MANY_NODES,
      "there are more directories or entries than are looked at",
      "raise `bounds.nodes` or `bounds.entries`, where the host really has so many"),
  TOO_DEEP(
      ProblemCode.TOO_DEEP,
      "something lies deeper than is looked",
      "raise `bounds.depth`, where the host's tree really is so deep"),
  OUTSIDE_ROOT(
      ProblemCode.OUTSIDE_ROOT,
      "a link leads out of the root",
      "copy the tree with what its links lead to, or give a `root` that has it"),
  DANGLING_LINK(
      ProblemCode.DANGLING_LINK,
      "a link leads to nothing",
      "nothing where the next scan does not find it any more: a device went while it was looked"
          + " at; else copy the tree whole"),
  TWIN_HOST(
      FindingKind.TWIN_HOST,
      "two collectors use its name",
      "give one of them another name (`host`), and start the other again"),
  CONFLICTING_DOCUMENTS(
      FindingKind.CONFLICTING_DOCUMENTS,
      "two documents with one version were sent under its name",
      "find out who else writes to `host-inventory`: `fleetcompat rejected` has the second document"
          + " (`conflict`); the host is live again with its next one"),
  FALSE_SPEAKER(
      FindingKind.FALSE_SPEAKER,
      "records came under its name that lack its key's mark, or are old ones",
      "give its collector its `key-file`, or find out who else sends: `fleetcompat rejected` has"
          + " the records"),
  OTHER(
      "other",
      "a kind that this version does not know",
      "upgrade what tells it: collector and indexer are newer");

  private static final Map<String, HostProblemKind> BY_SPELLING =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(HostProblemKind::toString, Function.identity()));

  private final String spelling;
  private final String meaning;
  private final String toDo;

  HostProblemKind(Object spelling, String meaning, String toDo) {
    this.spelling = spelling.toString();
    this.meaning = meaning;
    this.toDo = toDo;
  }

  /** The kind of a problem's code, or of a finding; {@link #OTHER} where it is none of ours. */
  public static HostProblemKind of(String spelling) {
    return BY_SPELLING.getOrDefault(spelling, OTHER);
  }

  /** The meaning, as a sentence without its end. */
  public String meaning() {
    return meaning;
  }

  /** The remedy, as a sentence without its end; settings and commands in backquotes. */
  public String toDo() {
    return toDo;
  }

  /** The spelling that answers have: {@code too-many-nodes}. */
  @Override
  public String toString() {
    return spelling;
  }
}
