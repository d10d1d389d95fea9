package io.fleetcompat.query.answer;

import java.util.regex.Pattern;

/**
 * An answer without what changes by itself: when hosts were last heard of, how old the index is,
 * which document of a host it has. Two that are equal say the same.
 */
public final class TimelessAnswer {

  /** Members as they are written; within a string, their quotes would be escaped. */
  private static final Pattern MEMBERS =
      Pattern.compile(
          "\"(?:lastSeen|asOf|revision|stale|observedAt|epoch|sequence)\":(?:\"[^\"]*\"|[^,}\\]]*)");

  /** The words of the details of silent hosts. */
  private static final Pattern AGES =
      Pattern.compile("(?<=last heard of |has not been indexed for )\\d+ s");

  private TimelessAnswer() {}

  /**
   * The contents of an answer.
   *
   * @param json as the API writes it, without spaces between
   */
  public static String of(String json) {
    return AGES.matcher(MEMBERS.matcher(json).replaceAll("\"\":0")).replaceAll("");
  }
}
