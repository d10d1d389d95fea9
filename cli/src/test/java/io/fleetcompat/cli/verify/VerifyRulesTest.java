package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.cli.Run;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which {@code verify} compares: those that the index was judged by, or none. */
class VerifyRulesTest {

  private static final RuleSet HERE = RuleSet.of(Set.of(Policy.MUTUAL));

  private static final String PACK =
      """
      pack: acme
      version: 1
      title: ACME functions
      match: {kind: [pci], driver: [acme_vfio_pci]}
      no-rules: nobody knows
      """;

  @TempDir Path directory;

  private Run verify(String ruleSet, String... more) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer =
              ("{\"policies\":[\"mutual\"],\"hosts\":[],\"ruleSet\":\"" + ruleSet + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    Path fleet = Files.createDirectories(directory.resolve("fleet"));
    String[] arguments = new String[5 + more.length];
    arguments[0] = "verify";
    arguments[1] = "--fleet";
    arguments[2] = fleet.toString();
    arguments[3] = "--api";
    arguments[4] = "http://127.0.0.1:" + server.getAddress().getPort();
    System.arraycopy(more, 0, arguments, 5, more.length);
    try {
      return Run.of(arguments);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anIndexOfTheSameRulesIsCompared() throws IOException {
    Run run = verify(HERE.toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("0 pairs compared, 0 mismatches");
  }

  @Test
  void anIndexOfOtherPacksIsRefusedWithBoth() throws IOException {
    Path rules = Files.createDirectories(directory.resolve("rules"));
    Files.writeString(rules.resolve("acme.yaml"), PACK);
    Run run = verify(HERE.toString(), "--rules", rules.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("judged by " + HERE).contains("give --rules and --rule-option");
  }

  @Test
  void kafkaIsAskedAsTheSettingsSay() throws IOException {
    Run run =
        verify(
            HERE.toString(),
            "--bootstrap-servers",
            "127.0.0.1:1",
            "--kafka",
            "security.protocol=SSL",
            "--kafka",
            "ssl.truststore.password=hidden",
            "--kafka",
            "ssl.truststore.location=/nope");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("127.0.0.1:1").contains("/nope").doesNotContain("hidden");
  }
}
