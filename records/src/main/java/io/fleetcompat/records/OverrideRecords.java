package io.fleetcompat.records;

import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import java.util.Optional;

/** The records that turn rules off, and their meaning. Pure. */
public final class OverrideRecords {

  private OverrideRecords() {}

  /**
   * The override in a record.
   *
   * @throws BadRecordException if its rule cannot be overridden
   */
  public static RuleOverride override(String id, OverrideRecord record) throws BadRecordException {
    if (!OverridableRules.isSpelledSo(record.getRule())) {
      throw new BadRecordException(Code.INVALID, OverridableRules.spelling(), record.getRule());
    }
    return new RuleOverride(
        id,
        record.getRule(),
        new OverrideScope(kind(record), record.getSource(), record.getDestination()),
        record.getAuthor(),
        record.getReason(),
        record.getCreated(),
        Optional.ofNullable(record.getExpires()),
        Optional.ofNullable(record.getReplaces()));
  }

  private static OverrideScope.Kind kind(OverrideRecord record) {
    return switch (record.getScope()) {
      case PROFILE -> OverrideScope.Kind.PROFILE;
      case DRIVER -> OverrideScope.Kind.DRIVER;
      case POOL -> OverrideScope.Kind.POOL;
    };
  }

  /** The record of an override. */
  public static OverrideRecord record(RuleOverride override) {
    OverrideScopeKind kind =
        switch (override.scope().kind()) {
          case PROFILE -> OverrideScopeKind.PROFILE;
          case DRIVER -> OverrideScopeKind.DRIVER;
          case POOL -> OverrideScopeKind.POOL;
        };
    return new OverrideRecord(
        override.rule(),
        kind,
        override.scope().source(),
        override.scope().destination(),
        override.author(),
        override.reason(),
        override.created(),
        override.expires().orElse(null),
        override.replaces().orElse(null));
  }
}
