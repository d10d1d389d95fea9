package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.whatif.BaselineFamily;
import io.fleetcompat.query.whatif.BaselineFamily.Change;
import io.fleetcompat.query.whatif.BaselineFamily.Range;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The answer of {@code GET /v1/pools/P/baseline}. */
public final class BaselineAnswer {

  private BaselineAnswer() {}

  public static JsonBytes of(String pool, List<BaselineFamily> families, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("pool").string(pool);
    json.name("families").openArray();
    families.forEach(family -> write(json, family));
    return basis.end(json.closeArray());
  }

  private static void write(JsonBytes json, BaselineFamily family) {
    json.open().name("kind").stringOrNull(family.like().kind().map(Object::toString));
    json.name("vendor").stringOrNull(family.like().vendor());
    json.name("type").stringOrNull(family.like().typeName().or(family.like()::typeId));
    json.name("profiles").number(family.profiles()).name("omitted").number(family.omitted());
    json.name("hosts").number(family.hosts()).name("pairs").number(family.pairs());
    json.name("compatible").number(family.compatible());
    json.name("compatibleThen").number(family.compatibleThen());
    json.name("changes").openArray();
    family.changes().forEach(change -> write(json, change));
    json.closeArray().close();
  }

  private static void write(JsonBytes json, Change change) {
    json.open().name("attribute").string(change.attribute());
    json.name("value").string(change.value()).name("alternatives").openArray();
    change.alternatives().forEach(json::string);
    json.closeArray();
    writeGivenUp(json, change.givenUp());
    json.name("range");
    change.range().ifPresentOrElse(range -> write(json, range), json::nothing);
    json.close();
  }

  private static void write(JsonBytes json, Range range) {
    json.open().name("lowest").string(range.values().getFirst());
    json.name("highest").string(range.values().getLast()).name("values").openArray();
    range.values().forEach(json::string);
    json.closeArray().name("notJudged").number(range.notJudged());
    writeGivenUp(json, range.givenUp());
    json.close();
  }

  private static void writeGivenUp(JsonBytes json, SortedMap<String, Integer> givenUp) {
    json.name("givenUp").openArray();
    givenUp.forEach(
        (value, hosts) ->
            json.open()
                .name("value")
                .stringOrNull(Optional.of(value).filter(text -> !text.isEmpty()))
                .name("hosts")
                .number(hosts)
                .close());
    json.closeArray();
  }
}
