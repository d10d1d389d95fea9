package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code explain --message}. */
class MessageAnswerTest {

  private static final String LINE = "hisi_acc_vfio_pci 0000:3b:00.4: failed to match VF qp num";

  @Test
  void aMessageLeadsToItsRule() {
    Run run = Run.of("explain", "--message", LINE);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("kernel: failed to match VF qp num", "device       0000:3b:00.4")
        .contains("hisi_acc/queue-pairs (fleetcompat rules explain hisi_acc)")
        .contains("early, before the source stops", "fact/hisi_acc.queue_pairs")
        .contains("drivers/vfio/pci/hisilicon/hisi_acc_vfio_pci.c@6f47c7ae8c7a");
  }

  @Test
  void jsonSaysTheSame() throws Exception {
    Run run = Run.of("explain", "--message", LINE, "-o", "json");
    JsonNode match = new ObjectMapper().readTree(run.out()).path("matches").path(0);
    assertThat(match.path("message").asText()).isEqualTo("hisi-queue-pairs");
    assertThat(match.at("/rules/0/rule").asText()).isEqualTo("hisi_acc/queue-pairs");
    assertThat(match.at("/rules/0/origin").asText()).isEqualTo("docs/rules.md#3.5");
    assertThat(match.at("/devices/0").asText()).isEqualTo("0000:3b:00.4");
    assertThat(match.path("failure").asText()).isEqualTo("early");
  }

  @Test
  void equalLinesAreShownOnceWithTheirNumber() {
    Run run = Run.of("explain", "--message", (LINE + "\n").repeat(1000));
    assertThat(run.out()).containsOnlyOnce("line 1 and 999 more").doesNotContain("line 2");
  }

  @Test
  void anUnknownMessageIsUnknownAndWhatIsKnownIsListed() throws Exception {
    Run run = Run.of("explain", "--message", "all is well");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out())
        .startsWith("No message in it is known.")
        .contains("VFIO migration is not supported in kernel", "failed to match VF qp num");
    Run json = Run.of("explain", "--message", "all is well", "-o", "json");
    assertThat(json.status()).isEqualTo(4);
    assertThat(new ObjectMapper().readTree(json.out()).path("known")).isNotEmpty();
  }

  @Test
  void whatWasPastedIsShownAndNeverObeyed() {
    Run run = Run.of("explain", "--message", "\u001b[31m" + LINE + "\u202e");
    assertThat(run.status()).isZero();
    assertThat(run.out()).doesNotContain("\u001b", "\u202e");
    assertThat(Run.of("explain", "--message", "\u001b[31m" + LINE, "-o", "json").out())
        .doesNotContain("\u001b");
  }

  @Test
  void aLogIsReadFromStandardInput() {
    InputStream before = System.in;
    try {
      for (String[] arguments :
          new String[][] {{"explain", "--message", "-"}, {"explain", "--message"}}) {
        System.setIn(
            new ByteArrayInputStream(
                ("first\n" + LINE + "\nQAT: DST VF rate limiting mismatch.\n")
                    .getBytes(StandardCharsets.UTF_8)));
        Run run = Run.of(arguments);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("line 2", "line 3", "qat_vf/rate-limits", "late, in the");
      }
      System.setIn(new ByteArrayInputStream(new byte[300_000]));
      Run tooLong = Run.of("explain", "--message", "-");
      assertThat(tooLong.status()).isEqualTo(2);
      assertThat(tooLong.err()).contains("expected at most 65536 characters");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aPairOrAMessageIsNeeded() {
    assertThat(Run.of("explain").status()).isEqualTo(2);
    assertThat(Run.of("explain", "a/b").status()).isEqualTo(2);
    assertThat(Run.of("explain", "a/b", "--message=x").status()).isEqualTo(2);
  }
}
