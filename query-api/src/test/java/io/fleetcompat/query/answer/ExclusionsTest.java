package io.fleetcompat.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Exclusion;
import io.fleetcompat.query.lookup.Exclusion.ByRule;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExclusionsTest {

  @Test
  void everyReasonIsWrittenInTheOrderOfItsSpelling() {
    Map<Exclusion, Long> all =
        Stream.<Exclusion>concat(
                Arrays.stream(FixedRule.values()).map(ByRule::new),
                Arrays.stream(NotByRule.values()))
            .collect(Collectors.toMap(Function.identity(), reason -> 7L));
    String members =
        all.keySet().stream()
            .map(Exclusions::spelling)
            .sorted()
            .map(spelling -> "\"" + spelling + "\":7")
            .collect(Collectors.joining(","));
    JsonBytes json = new JsonBytes().open();
    Exclusions.write(json, all);
    assertThat(json.close()).hasToString("{\"excluded\":{" + members + "}}");
  }

  @Test
  void whereNothingIsLeftOutTheMemberIsEmpty() {
    JsonBytes json = new JsonBytes().open();
    Exclusions.write(json, Map.of());
    assertThat(json.close()).hasToString("{\"excluded\":{}}");
  }
}
