package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.override.OverrideFile.Defaults;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.settings.ShownValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that give one override. */
final class OverrideOptions {

  private static final int ID_BYTES = 4;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "The rule, as reasons name it: nvidia-vfio/ecc-mode.")
  private Optional<String> rule = Optional.empty();

  @Option(
      names = "--scope",
      paramLabel = "profile|driver|pool",
      description = "What --from and --to name.")
  private Optional<String> scope = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "NAME",
      description = "The profile, driver or pool of the source.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "The profile, driver or pool of the destination.")
  private Optional<String> to = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why it does not count there.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Its id (default: made of rule and scope).")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description =
          "From when on it does not count: a time with its zone (2026-12-31T00:00Z), or how long"
              + " from now (30d). Left out: never.")
  private Optional<String> expires = Optional.empty();

  @Option(
      names = "--replaces",
      paramLabel = "ID",
      description = "Another override that does not count as long as this one is there.")
  private Optional<String> replaces = Optional.empty();

  private OverrideOptions() {}

  /** True where one of them is given. */
  boolean areGiven() {
    return Stream.of(rule, scope, from, to, reason, id, expires, replaces)
        .anyMatch(Optional::isPresent);
  }

  /** The override; what is missing is wrong usage. */
  RuleOverride override(Defaults defaults) {
    String named = required("--rule", rule);
    OverrideScope about = new OverrideScope(kind(), required("--from", from), required("--to", to));
    return new RuleOverride(
        id.orElseGet(() -> madeOf(named, about)),
        named,
        about,
        defaults.author(),
        required("--reason", reason),
        defaults.now(),
        expires.map(text -> expiry(text, defaults)),
        replaces);
  }

  /** The override that an outcome speaks for; the options may say which rule, and why. */
  RuleOverride override(Defaults defaults, ProvenPair pair) {
    if (scope.isPresent() && kind() != OverrideScope.Kind.PROFILE) {
      throw CommandFailure.usage("expected --scope profile beside --outcome, found " + scope.get());
    }
    from.ifPresent(profile -> pair.requireProfile("--from", profile, pair.source()));
    to.ifPresent(profile -> pair.requireProfile("--to", profile, pair.destination()));
    String named = rule.map(pair::rule).orElseGet(pair::rule);
    OverrideScope about =
        new OverrideScope(OverrideScope.Kind.PROFILE, pair.source(), pair.destination());
    return new RuleOverride(
        id.orElseGet(() -> madeOf(named, about)),
        named,
        about,
        defaults.author(),
        reason.orElseGet(pair::reason),
        defaults.now(),
        expires.map(text -> expiry(text, defaults)),
        replaces);
  }

  private OverrideScope.Kind kind() {
    String text = required("--scope", scope);
    return OverrideScope.Kind.of(text)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "expected --scope profile, driver or pool, found " + ShownValue.quoted(text)));
  }

  private static String required(String option, Optional<String> value) {
    return value.orElseThrow(
        () -> CommandFailure.usage("expected " + option + ", or --file FILE, found neither"));
  }

  private static Instant expiry(String text, Defaults defaults) {
    try {
      Instant end = defaults.expiry().apply(text);
      if (!end.isAfter(defaults.now())) {
        throw new IllegalArgumentException("a time after now");
      }
      return end;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "--expires: expected " + e.getMessage() + ", found " + ShownValue.quoted(text));
    }
  }

  /** The same for the same rule and scope, so that adding it again is noticed. */
  private static String madeOf(String rule, OverrideScope scope) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] text = (rule + "\n" + scope).getBytes(StandardCharsets.UTF_8);
      return "o-" + HexFormat.of().formatHex(sha.digest(text), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
