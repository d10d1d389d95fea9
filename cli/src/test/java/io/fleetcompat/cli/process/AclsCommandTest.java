package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class AclsCommandTest {

  @Test
  void theCommandsCanBePasted() {
    Run run =
        Run.of(
            "acls",
            "--principal",
            "User:CN=a host,O=x",
            "--process",
            "collect",
            "--topic-prefix",
            "lab-",
            "--bootstrap-servers",
            "kafka:9092",
            "--command-config",
            "/etc/kafka/admin.properties");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "# collect",
            "kafka-acls.sh --bootstrap-server kafka:9092 --command-config"
                + " /etc/kafka/admin.properties --add --allow-principal 'User:CN=a host,O=x'"
                + " --operation Write --topic lab-host-capacity --topic lab-host-inventory");
  }

  @Test
  void eachProcessHasAPartAndTheIndexerItsApplicationsPrefix() {
    Run run = Run.of("acls", "--principal", "User:a", "--topic-prefix", "lab-");
    assertThat(run.out().lines().filter(line -> line.startsWith("#")))
        .containsExactly("# collect", "# index", "# serve", "# commands of an operator");
    assertThat(run.out())
        .contains(
            "--resource-pattern-type prefixed --topic lab-fleetcompat-indexer-",
            "--operation Read --operation Delete --group lab-fleetcompat-indexer",
            "--operation DescribeConfigs");
    assertThat(Run.of("acls", "--principal", "User:a", "--application-id", "mine").out())
        .contains("--transactional-id mine-")
        .doesNotContain("fleetcompat-indexer");
  }

  @Test
  void whoMayAskDriversReadsTheQuestions() {
    assertThat(Run.of("acls", "--principal", "User:a", "--process", "collect", "--probe").out())
        .contains("--operation Read --topic probe-requests", "# collect --probe");
  }

  @Test
  void aPrincipalWithoutATypeIsWrongUsage() {
    Run run = Run.of("acls", "--principal", "indexer");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("expected TYPE:NAME, such as User:indexer, found 'indexer'");
  }

  @Test
  void whatIsPrintedIsWhatIsNeeded() {
    assertThat(PrintedAcls.of(Run.of("acls", "--principal", "User:a").out()))
        .anyMatch(
            rule ->
                rule.pattern().name().equals("matrix")
                    && rule.entry().operation() == AclOperation.DESCRIBE_CONFIGS);
  }
}
