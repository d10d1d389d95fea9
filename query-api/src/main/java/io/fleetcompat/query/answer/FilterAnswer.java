package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.FilterReason;
import io.fleetcompat.query.lookup.HostFilter;
import io.fleetcompat.query.lookup.HostFilter.Other;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answer of {@code POST /v1/filter}. */
public final class FilterAnswer {

  /** The usual size in bytes of a name with its reason. */
  private static final int ROOM_EACH = 48;

  private static final int ROOM_AROUND = 512;

  private static final Map<FilterReason, String> SPELLINGS =
      Arrays.stream(FilterReason.values())
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  (one, _) -> one,
                  () -> new EnumMap<>(FilterReason.class)));

  private FilterAnswer() {}

  /** The whole answer. */
  public static JsonBytes of(HostFilter.Result result, Basis basis) {
    int names = result.takers().size() + result.others().size();
    JsonBytes json = new JsonBytes(ROOM_AROUND + ROOM_EACH * names).open();
    json.name("hosts").openArray();
    result.takers().forEach(json::string);
    json.closeArray().name("others").open();
    for (Other other : result.others()) {
      json.name(other.name()).string(spelling(other.reason()));
    }
    return basis.end(json.close());
  }

  /** The names of the hosts that may take the devices alone: an array. */
  public static JsonBytes names(HostFilter.Result result) {
    NamesAnswer names = new NamesAnswer();
    result.takers().forEach(names::host);
    return names.end();
  }

  /** The name of a reason in answers. */
  static String spelling(FilterReason reason) {
    return Objects.requireNonNull(SPELLINGS.get(reason));
  }
}
