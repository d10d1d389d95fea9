package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.WrittenRules;
import io.fleetcompat.schemas.avro.PackFile;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import java.util.Map;
import java.util.stream.Collectors;

/** The rules that a record of a rule set has, as they were written. */
final class StoredRules {

  private StoredRules() {}

  static WrittenRules of(RuleSetRecord record) {
    Map<String, String> packs =
        record.getPacks().stream().collect(Collectors.toMap(PackFile::getFile, PackFile::getText));
    return new WrittenRules(
        record.getRuleSet(), record.getPolicies(), packs, record.getPackOptions());
  }
}
