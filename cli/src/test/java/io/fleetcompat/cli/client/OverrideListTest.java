package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The table of overrides. */
class OverrideListTest {

  private static final String OVERRIDE =
      "{\"id\":\"%s\",\"state\":\"in-force\",\"rule\":\"acme/level\",\"ruleJudged\":%s,"
          + "\"scope\":\"pool\",\"source\":\"a\",\"destination\":\"b\",\"author\":\"me\","
          + "\"reason\":\"tried\",\"expires\":null}";

  @Test
  void oneThatNamesNoRuleThatIsJudgedIsMarked() throws IOException {
    String page = "{\"overrides\":[%s],\"total\":1,\"next\":null}";
    assertThat(list(page.formatted(OVERRIDE.formatted("one", "false"))))
        .contains("acme/level (1)", "(1) names no rule that is judged now");
    assertThat(list(page.formatted(OVERRIDE.formatted("one", "true")))).doesNotContain("(1)");
  }

  private static String list(String answer) throws IOException {
    try (StandInApi api = StandInApi.answering(200, answer)) {
      return Run.of("override", "list", "--api", api.base()).out();
    }
  }
}
