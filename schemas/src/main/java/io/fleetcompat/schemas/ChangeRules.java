package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.ascending;
import static io.fleetcompat.schemas.RecordBounds.index;
import static io.fleetcompat.schemas.RecordBounds.invalid;
import static io.fleetcompat.schemas.RecordBounds.length;
import static io.fleetcompat.schemas.RecordBounds.size;
import static io.fleetcompat.schemas.RecordBounds.word;

import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.HostSoftware;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for changes, beyond their schema. */
final class ChangeRules {

  private ChangeRules() {}

  static void change(ChangeRecord change) throws BadRecordException {
    causes(change.getCauses());
    values("values", change.getValues());
    size("moves", change.getMoves().size(), Limits.ENDPOINTS);
    int named = 0;
    for (EndpointMove move : change.getMoves()) {
      move(move);
      named += move.getEndpoints().size();
    }
    size("endpoints that are named", named, Limits.CHANGED_NAMES);
    ascending("pools", change.getPools());
    for (String pool : change.getPools()) {
      length("pool", pool, 1, Limits.VALUE);
    }
    word("trigger", change.getTrigger());
    if (change.getBefore() != null && change.getBeforeOmitted()) {
      throw invalid("a value of before, or that it is omitted", "both");
    }
  }

  private static void causes(List<ChangeCause> causes) throws BadRecordException {
    if (causes.isEmpty() || !causes.equals(List.copyOf(EnumSet.copyOf(causes)))) {
      throw invalid("one or more causes in their order, each once", causes.toString());
    }
  }

  private static void move(EndpointMove move) throws BadRecordException {
    index("devices", move.getDevices(), 0, Integer.MAX_VALUE);
    index("types", move.getTypes(), 0, Integer.MAX_VALUE);
    ascending("endpoints", move.getEndpoints());
    values("values of a move", move.getValues());
  }

  private static void values(String what, List<ChangedValue> values) throws BadRecordException {
    size(what, values.size(), Limits.CHANGED_VALUES);
    ascending(what, values.stream().map(ChangedValue::getName).toList());
    for (ChangedValue value : values) {
      length("name", value.getName(), 1, Limits.PATH);
      text("from", value.getFrom());
      text("to", value.getTo());
    }
  }

  private static void text(String what, @Nullable String text) throws BadRecordException {
    if (text != null) {
      length(what, text, 0, Limits.CHANGED_VALUE);
    }
  }

  static void software(HostSoftware software) throws BadRecordException {
    size("drivers", software.getDrivers().size(), Limits.FACTS);
    size("facts", software.getFacts().size(), Limits.FACTS);
  }
}
