package io.fleetcompat.schemas;

import io.fleetcompat.schemas.RecordCodec.OlderForm;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.HostSoftware;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RegisteredKey;
import io.fleetcompat.schemas.avro.Rejected;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.util.List;

/** The codec of every record that is in a topic. */
public final class Codecs {

  public static final RecordCodec<HostInventory> HOST_INVENTORY =
      new RecordCodec<>(
          HostInventory.class,
          HostInventory.getClassSchema(),
          RecordRules::inventory,
          List.of(
              new OlderForm<>(
                  4, document -> document.getFormerHost() == null && document.getCards().isEmpty()),
              new OlderForm<>(5, document -> document.getCards().isEmpty())));

  public static final RecordCodec<HostCapacity> HOST_CAPACITY =
      new RecordCodec<>(
          HostCapacity.class,
          HostCapacity.getClassSchema(),
          RecordRules::capacity,
          List.of(
              new OlderForm<>(
                  3, heartbeat -> heartbeat.getDigest() == null && heartbeat.getInUse().isEmpty()),
              new OlderForm<>(4, heartbeat -> heartbeat.getInUse().isEmpty())));

  public static final RecordCodec<Placement> PLACEMENT =
      new RecordCodec<>(
          Placement.class,
          Placement.getClassSchema(),
          RecordRules::placement,
          List.of(
              new OlderForm<>(
                  4,
                  placement ->
                      saysNoMoreThan6(placement)
                          && placement.getPoolLabel() == null
                          && placement.getFormerHost() == null),
              new OlderForm<>(
                  5, placement -> saysNoMoreThan6(placement) && placement.getFormerHost() == null),
              new OlderForm<>(6, Codecs::saysNoMoreThan6),
              new OlderForm<>(7, placement -> placement.getCards().isEmpty())));

  public static final RecordCodec<ProfileRecord> PROFILE =
      new RecordCodec<>(ProfileRecord.class, ProfileRecord.getClassSchema(), RecordRules::profile);

  public static final RecordCodec<MatrixRow> MATRIX_ROW =
      new RecordCodec<>(MatrixRow.class, MatrixRow.getClassSchema(), RecordRules::row);

  public static final RecordCodec<MatrixGeneration> MATRIX_GENERATION =
      new RecordCodec<>(
          MatrixGeneration.class, MatrixGeneration.getClassSchema(), RecordRules::generation);

  public static final RecordCodec<RuleSetRecord> RULE_SET =
      new RecordCodec<>(RuleSetRecord.class, RuleSetRecord.getClassSchema(), RecordRules::ruleSet);

  public static final RecordCodec<RulesInForce> RULES_IN_FORCE =
      new RecordCodec<>(RulesInForce.class, RulesInForce.getClassSchema(), RecordRules::inForce);

  public static final RecordCodec<RulesRefused> RULES_REFUSED =
      new RecordCodec<>(RulesRefused.class, RulesRefused.getClassSchema(), RecordRules::refused);

  public static final RecordCodec<Census> CENSUS =
      new RecordCodec<>(Census.class, Census.getClassSchema(), RecordRules::census);

  public static final RecordCodec<Prober> PROBER =
      new RecordCodec<>(
          Prober.class,
          Prober.getClassSchema(),
          ProbeRules::prober,
          List.of(new OlderForm<>(1, prober -> prober.getKey() == null)));

  public static final RecordCodec<ProbeRequest> PROBE_REQUEST =
      new RecordCodec<>(ProbeRequest.class, ProbeRequest.getClassSchema(), ProbeRules::request);

  public static final RecordCodec<ProbeResult> PROBE_RESULT =
      new RecordCodec<>(ProbeResult.class, ProbeResult.getClassSchema(), ProbeRules::result);

  public static final RecordCodec<ProbedPair> PROBED_PAIR =
      new RecordCodec<>(
          ProbedPair.class,
          ProbedPair.getClassSchema(),
          ProbeRules::pair,
          List.of(
              new OlderForm<>(
                  1, pair -> pair.getInconclusive() == null && pair.getGenerations().isEmpty()),
              new OlderForm<>(2, pair -> pair.getGenerations().isEmpty())));

  public static final RecordCodec<OverrideRecord> OVERRIDE =
      new RecordCodec<>(
          OverrideRecord.class, OverrideRecord.getClassSchema(), OverrideRules::override);

  public static final RecordCodec<PoolHost> POOL_HOST =
      new RecordCodec<>(
          PoolHost.class,
          PoolHost.getClassSchema(),
          PoolRules::host,
          List.of(new OlderForm<>(2, host -> host.getFindings().isEmpty())));

  public static final RecordCodec<PoolHealthRecord> POOL_HEALTH =
      new RecordCodec<>(
          PoolHealthRecord.class, PoolHealthRecord.getClassSchema(), PoolRules::health);

  public static final RecordCodec<AlertRecord> ALERT =
      new RecordCodec<>(AlertRecord.class, AlertRecord.getClassSchema(), AlertRecordRules::alert);

  public static final RecordCodec<MigrationOutcome> OUTCOME =
      new RecordCodec<>(
          MigrationOutcome.class, MigrationOutcome.getClassSchema(), OutcomeRules::outcome);

  public static final RecordCodec<ChangeRecord> CHANGE =
      new RecordCodec<>(
          ChangeRecord.class,
          ChangeRecord.getClassSchema(),
          ChangeRules::change,
          List.of(
              new OlderForm<>(
                  1,
                  change ->
                      !change.getCauses().contains(ChangeCause.HOST_RENAMED)
                          && !change.getCauses().contains(ChangeCause.HOST_FINDING)),
              new OlderForm<>(
                  2, change -> !change.getCauses().contains(ChangeCause.HOST_FINDING))));

  public static final RecordCodec<HostSoftware> HOST_SOFTWARE =
      new RecordCodec<>(HostSoftware.class, HostSoftware.getClassSchema(), ChangeRules::software);

  public static final RecordCodec<RegisteredKey> REGISTERED_KEY =
      new RecordCodec<>(
          RegisteredKey.class,
          RegisteredKey.getClassSchema(),
          KeyRules::key,
          List.of(new OlderForm<>(1, key -> !key.getRemoved())));

  public static final RecordCodec<Rejected> REJECTED =
      new RecordCodec<>(Rejected.class, Rejected.getClassSchema(), record -> {});

  private Codecs() {}

  private static boolean saysNoMoreThan6(Placement placement) {
    return placement.getDigest() == null
        && placement.getFindings().isEmpty()
        && placement.getCards().isEmpty();
  }

  static List<RecordCodec<?>> all() {
    return List.of(
        HOST_INVENTORY,
        HOST_CAPACITY,
        PLACEMENT,
        PROFILE,
        MATRIX_ROW,
        MATRIX_GENERATION,
        RULE_SET,
        RULES_IN_FORCE,
        RULES_REFUSED,
        CENSUS,
        PROBER,
        PROBE_REQUEST,
        PROBE_RESULT,
        PROBED_PAIR,
        OVERRIDE,
        POOL_HOST,
        POOL_HEALTH,
        ALERT,
        OUTCOME,
        CHANGE,
        HOST_SOFTWARE,
        REGISTERED_KEY,
        REJECTED);
  }
}
