package io.fleetcompat.records;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.WrittenRules;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.PackFile;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule set as its record has it, with the judge that follows from it where this process has the
 * rules. Two of the same record say the same. Immutable; any number of threads.
 */
public final class JudgedRules {

  private final RuleSetRecord record;
  private final RuleSet nearest;
  private final Optional<Judge> judge;

  private JudgedRules(RuleSetRecord record, WrittenRules rules) {
    this.record = record;
    this.nearest = rules.nearest();
    this.judge = rules.known().map(Judge::new);
  }

  public static JudgedRules of(RuleSetId id, RuleSetRecord record) throws BadRecordException {
    requireName(id, record.getRuleSet());
    Map<String, String> packs =
        record.getPacks().stream().collect(Collectors.toMap(PackFile::getFile, PackFile::getText));
    return new JudgedRules(
        record,
        new WrittenRules(
            record.getRuleSet(), record.getPolicies(), packs, record.getPackOptions()));
  }

  /**
   * Refuses a record that is of another rule set than its key says.
   *
   * @param ruleSet as it is spelled
   */
  public static void requireName(RuleSetId id, String ruleSet) throws BadRecordException {
    RuleSetId own = RuleSetId.of(ruleSet);
    if (!own.equals(id)) {
      throw new BadRecordException(
          Code.INVALID, "a record of the rule set " + id, own + ": " + ruleSet);
    }
  }

  /** The rule set as it is spelled. */
  public String written() {
    return record.getRuleSet();
  }

  public List<String> policies() {
    return record.getPolicies();
  }

  /** The time at which the indexer began to judge by it, in milliseconds since 1970. */
  public long since() {
    return record.getSince().toEpochMilli();
  }

  /** The rule set of this process that comes nearest. */
  public RuleSet nearest() {
    return nearest;
  }

  /** Empty where this process does not have the rules. */
  public Optional<Judge> judge() {
    return judge;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JudgedRules that && record.equals(that.record);
  }

  @Override
  public int hashCode() {
    return record.hashCode();
  }

  @Override
  public String toString() {
    return record.getRuleSet();
  }
}
