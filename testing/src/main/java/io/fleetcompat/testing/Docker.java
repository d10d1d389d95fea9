package io.fleetcompat.testing;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/** The search for a Docker engine, which is quick where there is none. */
final class Docker {

  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private Docker() {}

  static boolean answers() {
    boolean configured = System.getenv("DOCKER_HOST") != null;
    return (configured || accepts(SOCKET)) && DockerClientFactory.instance().isDockerAvailable();
  }

  private static boolean accepts(Path socket) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
