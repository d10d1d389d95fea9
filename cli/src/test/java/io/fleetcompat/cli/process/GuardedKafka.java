package io.fleetcompat.cli.process;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker whose clients log in with SCRAM, and may do what its authorizer has rules for. The test
 * itself comes through another port, and may do everything. One thread.
 */
final class GuardedKafka implements AutoCloseable {

  private static final int ITERATIONS = 4096;

  private final Path directory;
  private final String servers;
  private final BrokerProcess broker;
  private final Admin admin;

  private GuardedKafka(Path directory, String servers, BrokerProcess broker) {
    this.directory = directory;
    this.servers = servers;
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  static GuardedKafka start(Path directory) throws IOException, InterruptedException {
    List<Integer> ports = FreePorts.find(3);
    String servers = "127.0.0.1:" + ports.get(2);
    BrokerConfig config =
        BrokerConfig.of(directory.resolve("broker"), ports.get(0)).withControllerPort(ports.get(1));
    String all = "PLAINTEXT://%s,CLIENTS://%s".formatted(config.bootstrapServers(), servers);
    Map<String, String> guarded =
        Map.of(
            "listeners",
            all + ",CONTROLLER://127.0.0.1:" + ports.get(1),
            "advertised.listeners",
            all,
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_PLAINTEXT",
            "inter.broker.listener.name",
            "PLAINTEXT",
            "authorizer.class.name",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users",
            "User:ANONYMOUS",
            "sasl.enabled.mechanisms",
            "SCRAM-SHA-256",
            "listener.name.clients.scram-sha-256.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    return new GuardedKafka(directory, servers, BrokerProcess.start(config.withOverrides(guarded)));
  }

  /**
   * Makes a user who has exactly the rights that {@code acls} prints.
   *
   * @return the file of settings with which the user speaks to Kafka
   */
  Path user(String name, String... acls)
      throws IOException, InterruptedException, ExecutionException {
    String password = "secret-of-" + name;
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    name,
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, ITERATIONS),
                    password)))
        .all()
        .get();
    Run printed =
        Run.of(
            Stream.concat(Stream.of("acls", "--principal", "User:" + name), Stream.of(acls))
                .toArray(String[]::new));
    admin.createAcls(PrintedAcls.of(printed.out())).all().get();
    return Files.writeString(
        directory.resolve(name + ".properties"),
        """
        bootstrap-servers=%s
        topic-prefix=%s
        kafka.security.protocol=SASL_PLAINTEXT
        kafka.sasl.mechanism=SCRAM-SHA-256
        kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
        username="%s" password="%s";
        """
            .formatted(servers, AclsIT.PREFIX, name, password));
  }

  /** The settings of such a file, and more. */
  static Map<String, String> settings(Path file, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(SettingsOptions.ofFiles(List.of(file)).texts());
    all.putAll(more);
    return all;
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
