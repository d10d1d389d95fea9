package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.invalid;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import java.time.Instant;

/** The rules for overrides, beyond their schema. */
final class OverrideRules {

  private OverrideRules() {}

  static void override(OverrideRecord override) throws BadRecordException {
    text("rule", override.getRule(), Limits.WORD);
    selector("source", override.getScope(), override.getSource());
    selector("destination", override.getScope(), override.getDestination());
    text("author", override.getAuthor(), Limits.WORD);
    text("reason", override.getReason(), Limits.OVERRIDE_REASON);
    Instant expires = override.getExpires();
    if (expires != null && !expires.isAfter(override.getCreated())) {
      throw invalid("an expiry after the creation at " + override.getCreated(), expires.toString());
    }
    String replaces = override.getReplaces();
    if (replaces != null) {
      RecordKeys.OVERRIDE.parse(replaces);
    }
  }

  private static void selector(String side, OverrideScopeKind scope, String selector)
      throws BadRecordException {
    switch (scope) {
      case PROFILE -> RecordKeys.PROFILE.parse(selector);
      case DRIVER -> text("the " + side + "'s driver", selector, Limits.WORD);
      case POOL -> text("the " + side + "'s pool", selector, Limits.VALUE);
    }
  }

  /** A text for people: something, on one line. */
  private static void text(String what, String text, int most) throws BadRecordException {
    if (text.isBlank() || text.length() > most) {
      throw invalid(
          what + " of 1 to " + most + " characters",
          text.isBlank() ? "none" : String.valueOf(text.length()));
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw invalid(what + " without control characters", Quoted.of(text));
    }
  }
}
