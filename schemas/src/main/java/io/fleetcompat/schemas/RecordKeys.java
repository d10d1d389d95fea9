package io.fleetcompat.schemas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of all topics' records, and the only place where one is spelled. */
public final class RecordKeys {

  private static final String PROFILE_SHAPE = "[0-9a-f]{32}";
  private static final Pattern PROFILE_ONLY = Pattern.compile(PROFILE_SHAPE);
  private static final Pattern CENSUS_SHAPE =
      Pattern.compile("(0|[1-9][0-9]{0,8})/(" + PROFILE_SHAPE + ")");
  private static final Pattern PROBE_SHAPE =
      Pattern.compile("(" + PROFILE_SHAPE + ")/(" + PROFILE_SHAPE + ")");

  private static final Pattern OF_RULES_SHAPE =
      Pattern.compile(
          "(%s)/(%s|%s|%s)"
              .formatted(
                  RuleSetId.SHAPE,
                  MatrixKey.Rules.SPELLING,
                  MatrixKey.Generation.SPELLING,
                  PROFILE_SHAPE));
  private static final Pattern OVERRIDE_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** A host's name. */
  public static final KeyCodec<String> HOST =
      new KeyCodec<>(
          HostName.RULE + " as the key", text -> Optional.of(text).filter(HostName::isValid));

  /** A profile's fingerprint in hexadecimal. */
  public static final KeyCodec<String> PROFILE =
      new KeyCodec<>(
          "a key of 32 hexadecimal digits",
          text -> Optional.of(text).filter(RecordKeys::isProfile));

  /**
   * {@code SET/rules}, {@code SET/generation}, {@code SET/fingerprint}, {@code in-force} or {@code
   * refused}.
   */
  public static final KeyCodec<MatrixKey> MATRIX =
      new KeyCodec<>(
          "a key SET/rules, SET/generation, SET/PROFILE, in-force or refused",
          RecordKeys::matrixKey);

  /** {@code partition/fingerprint}. */
  public static final KeyCodec<CensusKey> CENSUS =
      new KeyCodec<>("a key partition/fingerprint", RecordKeys::censusKey);

  /** {@code topic/partition/offset} of what was rejected: it keeps such records apart, no more. */
  public static final KeyCodec<String> REJECTED = new KeyCodec<>("a key", Optional::of);

  /** {@code string/class}, of a question to a driver. */
  public static final KeyCodec<ProbeKey> PROBE =
      new KeyCodec<>("a key string/class of hexadecimal hashes", RecordKeys::probeKey);

  /** The id of an override. */
  public static final KeyCodec<String> OVERRIDE =
      new KeyCodec<>(
          "an id of 1 to 64 of a-z, 0-9, '.', '_' and '-'",
          text -> Optional.of(text).filter(id -> OVERRIDE_ID.matcher(id).matches()));

  private static final Pattern OUTCOME_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  /** The id of an outcome: that of the migration, such as a UUID. */
  public static final KeyCodec<String> OUTCOME =
      new KeyCodec<>(
          "an id of 1 to 128 of A-Z, a-z, 0-9, '.', '_', ':' and '-', a letter or digit first",
          text -> Optional.of(text).filter(id -> OUTCOME_ID.matcher(id).matches()));

  /** The name of a pool: the value of a label. */
  public static final KeyCodec<String> POOL =
      new KeyCodec<>(
          "a pool's name of 1 to " + Limits.VALUE + " characters",
          text -> Optional.of(text).filter(RecordKeys::isPool));

  /** {@code KIND/NAME}, of what has changed. */
  public static final KeyCodec<ChangeKey> CHANGE =
      new KeyCodec<>("a key KIND/NAME of what has changed", RecordKeys::changeKey);

  private static final Pattern ALERT_SHAPE =
      Pattern.compile("(" + AlertKey.RULE_SHAPE + ")/(.+)", Pattern.DOTALL);

  /** {@code RULE/POOL}, of an alert. */
  public static final KeyCodec<AlertKey> ALERT =
      new KeyCodec<>("a key RULE/POOL", RecordKeys::alertKey);

  private static final Pattern PARTITION = Pattern.compile("0|[1-9][0-9]{0,8}");

  private RecordKeys() {}

  /** The key of the record that tells of a rejected one. */
  public static String rejected(String topic, int partition, long offset) {
    return topic + "/" + partition + "/" + offset;
  }

  private static boolean isPool(String text) {
    return !text.isEmpty() && text.length() <= Limits.VALUE;
  }

  private static boolean isProfile(String text) {
    return PROFILE_ONLY.matcher(text).matches();
  }

  private static Optional<AlertKey> alertKey(String text) {
    Matcher key = ALERT_SHAPE.matcher(text);
    return key.matches() && isPool(key.group(2))
        ? Optional.of(new AlertKey(key.group(1), key.group(2)))
        : Optional.empty();
  }

  private static Optional<CensusKey> censusKey(String text) {
    Matcher key = CENSUS_SHAPE.matcher(text);
    return key.matches()
        ? Optional.of(new CensusKey(Integer.parseInt(key.group(1)), key.group(2)))
        : Optional.empty();
  }

  private static Optional<ProbeKey> probeKey(String text) {
    Matcher key = PROBE_SHAPE.matcher(text);
    return key.matches() ? Optional.of(new ProbeKey(key.group(1), key.group(2))) : Optional.empty();
  }

  private static Optional<MatrixKey> matrixKey(String text) {
    if (text.equals(MatrixKey.InForce.SPELLING)) {
      return Optional.of(new MatrixKey.InForce());
    }
    if (text.equals(MatrixKey.Refused.SPELLING)) {
      return Optional.of(new MatrixKey.Refused());
    }
    if (text.equals(MatrixKey.Generation.SPELLING) || isProfile(text)) {
      return Optional.of(new MatrixKey.Superseded(text));
    }
    Matcher key = OF_RULES_SHAPE.matcher(text);
    if (!key.matches()) {
      return Optional.empty();
    }
    RuleSetId rules = new RuleSetId(key.group(1));
    return Optional.of(
        switch (key.group(2)) {
          case MatrixKey.Rules.SPELLING -> new MatrixKey.Rules(rules);
          case MatrixKey.Generation.SPELLING -> new MatrixKey.Generation(rules);
          case String profile -> new MatrixKey.Row(rules, profile);
        });
  }

  private static Optional<ChangeKey> changeKey(String text) {
    int end = text.indexOf('/');
    String kind = end < 0 ? text : text.substring(0, end);
    String name = end < 0 ? "" : text.substring(end + 1);
    return Stream.of(ChangeKey.Kind.values())
        .filter(each -> each.toString().equals(kind) && isNameOf(each, name))
        .findFirst()
        .map(each -> new ChangeKey(each, name));
  }

  private static boolean isNameOf(ChangeKey.Kind kind, String name) {
    return switch (kind) {
      case HISTORY -> PARTITION.matcher(name).matches();
      case HOST, CAPACITY -> HostName.isValid(name);
      case PROFILE -> isProfile(name);
      case RULES -> matrixKey(name).isPresent();
      case PROBE -> probeKey(name).isPresent();
      case OVERRIDE -> OVERRIDE_ID.matcher(name).matches();
      case POOL -> isPool(name);
    };
  }
}
