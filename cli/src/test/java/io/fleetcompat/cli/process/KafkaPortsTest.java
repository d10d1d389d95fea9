package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPortsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  @Test
  void aPortThatSpeaksTlsIsToldToWhoDoesNot() throws Exception {
    try (ServerSocket tls = tls()) {
      Thread.ofVirtual().start(() -> shakeHands(tls));
      String servers = "127.0.0.1:" + tls.getLocalPort();
      for (String command : List.of("topics", "rejected", "index --state-dir state", "serve")) {
        Run run = Run.of((command + " --bootstrap-servers " + servers).split(" ", -1));
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err())
            .contains("found TLS: set kafka.security.protocol=SSL, or SASL_SSL", servers);
      }
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> look(servers, "SASL_PLAINTEXT"))
          .withMessageContaining("found TLS");
      assertThatCode(() -> look(servers, "SASL_SSL")).doesNotThrowAnyException();
    }
  }

  @Test
  void aServerThatSaysNothingIsLeftToTheClient() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      assertThatCode(() -> look("127.0.0.1:" + silent.getLocalPort(), "PLAINTEXT"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void oneServerOfTheClusterIsEnough() throws IOException {
    int free = FreePorts.find(1).getFirst();
    String closed = "127.0.0.1:" + free;
    assertThatExceptionOfType(CommandFailure.class)
        .isThrownBy(() -> look(closed + ", nobody.invalid:9092", "SSL"))
        .withMessageContaining(closed + ": Connection refused")
        .withMessageContaining("nobody.invalid:9092: the name of the host is not known");
    try (ServerSocket open = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      assertThatCode(() -> look(closed + ",127.0.0.1:" + open.getLocalPort(), "SSL"))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aProcessIsNotKeptFromStartingWhereNobodyListens() {
    KafkaPorts ports =
        new KafkaPorts("127.0.0.1:" + FreePorts.find(1).getFirst(), Duration.ofSeconds(5));
    assertThatCode(() -> ports.refuseTls(Map.of())).doesNotThrowAnyException();
  }

  private static void look(String servers, String protocol) {
    new KafkaPorts(servers, Duration.ofSeconds(5))
        .requireAnswer(Map.of("security.protocol", protocol));
  }

  private static void shakeHands(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          InputStream in = socket.getInputStream()) {
        in.read();
      } catch (IOException e) {
        // What came was no TLS, and the alert is sent.
      }
    }
  }

  private ServerSocket tls() throws Exception {
    Path store = directory.resolve("keys.p12");
    Child.Said said =
        Child.run(
            directory.resolve("keytool.out"),
            directory,
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kafka",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                store.toString()));
    assertThat(said.status()).as(said.text()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }
}
