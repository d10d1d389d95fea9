package io.fleetcompat.cli.client;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command behind a container's health check: is the process ready? */
@Command(
    name = "health",
    description =
        "Say whether the process at URL is ready. Exit status 0: its /health/ready says so; 1: it"
            + " does not.",
    footer = {"%nExample:", "  fleetcompat health http://127.0.0.1:8787"})
public final class Health implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      defaultValue = Api.DEFAULT_BASE,
      description = "The address that the process serves (default: ${DEFAULT-VALUE}).")
  private URI base;

  @Option(
      names = "--timeout-ms",
      paramLabel = "MS",
      defaultValue = "3000",
      description = "Wait at most MS milliseconds for the answer (default: ${DEFAULT-VALUE}).")
  private int timeoutMillis;

  private Health() {}

  @Override
  public Integer call() {
    try {
      URI ready = URI.create(base.toString().replaceAll("/+$", "") + "/health/ready");
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(timeoutMillis);
      connection.setReadTimeout(timeoutMillis);
      boolean isReady = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      spec.commandLine().getOut().println(isReady ? "ready" : "not ready");
      return isReady ? ExitStatus.OK : ExitStatus.FAILED;
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw CommandFailure.failed("asking " + base + " failed: " + e.getMessage());
    }
  }
}
