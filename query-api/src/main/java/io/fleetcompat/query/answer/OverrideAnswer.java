package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.OverrideEffect;
import io.fleetcompat.query.lookup.Overrides.Listed;
import io.fleetcompat.query.lookup.Overrides.Page;
import java.time.Instant;
import java.util.Optional;

/** The answers of {@code /v1/overrides}. */
public final class OverrideAnswer {

  private OverrideAnswer() {}

  /**
   * A page of overrides.
   *
   * @param next the cursor of the next page
   */
  public static JsonBytes of(Page page, Optional<String> next, Basis basis) {
    JsonBytes json = new JsonBytes().open().name("overrides").openArray();
    page.overrides().forEach(each -> write(json, each));
    json.closeArray().name("total").number(page.total()).name("next").stringOrNull(next);
    return basis.end(json);
  }

  private static void write(JsonBytes json, Listed listed) {
    RuleOverride override = listed.override();
    json.open().name("id").string(override.id());
    json.name("state").string(listed.state().toString());
    json.name("rule").string(override.rule());
    json.name("ruleJudged").bool(listed.judged());
    json.name("scope").string(override.scope().kind().toString());
    json.name("source").string(override.scope().source());
    json.name("destination").string(override.scope().destination());
    json.name("author").string(override.author());
    json.name("reason").string(override.reason());
    json.name("created").string(override.created().toString());
    json.name("expires").stringOrNull(override.expires().map(Instant::toString));
    json.name("replaces").stringOrNull(override.replaces());
    json.close();
  }

  /** The effect of one that is not there yet. */
  public static JsonBytes of(OverrideEffect effect, Basis basis) {
    JsonBytes json = new JsonBytes().open();
    json.name("pairs").number(effect.pairs());
    json.name("concerned").number(effect.concerned());
    json.name("becomeCompatible").number(effect.becomeCompatible());
    json.name("complete").bool(effect.complete());
    return basis.end(json);
  }
}
