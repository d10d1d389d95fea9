package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** Changes on one line each, all but the value of before, whose presence alone is said. */
final class ChangeWords {

  private static final int DIGITS = 4;

  private ChangeWords() {}

  static List<String> of(List<KeyValue<ChangeKey, ChangeRecord>> changes) {
    return changes.stream().map(change -> of(change.key, change.value)).toList();
  }

  static String of(ChangeKey key, ChangeRecord change) {
    String document =
        change.getEpoch() < 0
            ? ""
            : " by " + change.getEpoch() + ":" + change.getSequence() + " " + change.getTrigger();
    return key
        + " "
        + change.getCauses()
        + values(change.getValues())
        + change.getMoves().stream().map(ChangeWords::move).collect(Collectors.joining())
        + " in "
        + change.getPools()
        + document
        + (change.getBefore() == null ? " new" : "");
  }

  private static String values(List<ChangedValue> values) {
    return values.stream()
        .map(value -> " " + value.getName() + "=" + value.getFrom() + ">" + value.getTo())
        .collect(Collectors.joining());
  }

  private static String move(EndpointMove move) {
    return " {"
        + profile(move.getFrom())
        + ">"
        + profile(move.getTo())
        + " "
        + move.getDevices()
        + "+"
        + move.getTypes()
        + " "
        + String.join(",", move.getEndpoints())
        + values(move.getValues())
        + "}";
  }

  private static String profile(@Nullable FingerprintBytes profile) {
    return profile == null
        ? "none"
        : Fingerprint.of(profile.bytes()).toString().substring(0, DIGITS);
  }
}
