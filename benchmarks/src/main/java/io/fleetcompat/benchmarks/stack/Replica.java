package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.io.IOException;
import java.time.Duration;

/**
 * A running replica.
 *
 * @param begin when its process was started, by {@link System#nanoTime}
 * @param constant the constant beside it
 */
public record Replica(
    MeasuredProcess child, long begin, LoopbackClient api, LoopbackClient constant)
    implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Waits until it says that it has read the whole index; gives the seconds since its start. */
  public double awaitReady() throws IOException, InterruptedException {
    Stack.await(
        "the replica is ready",
        PAUSE, // asking costs it, too
        () -> {
          child.requireAlive();
          return api.isOk("/health/ready");
        });
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Waits until all hosts of the fleet are in it and all profiles are judged. */
  public void awaitFleet(SyntheticFleet fleet, int profiles)
      throws IOException, InterruptedException {
    awaitHosts(fleet.hosts());
    awaitGeneration(profiles);
  }

  public void awaitHosts(int hosts) throws IOException, InterruptedException {
    awaitReady();
    Stack.await(hosts + " hosts are in the index", PAUSE, () -> status("hosts") == hosts);
  }

  public void awaitGeneration(int generation) throws IOException, InterruptedException {
    Stack.await(
        "the matrix is judged up to " + generation,
        PAUSE,
        () -> status("generation") >= generation);
  }

  /** A number of its status. */
  public int status(String name) throws IOException, InterruptedException {
    return api.json("/v1/status").path(name).intValue();
  }

  /** Waits until its history has so many changes, and nothing more waits for it. */
  public void awaitHistory(long changes) throws IOException, InterruptedException {
    Stack.await(
        "the history has " + changes + " changes",
        PAUSE,
        () -> {
          child.requireAlive();
          return history("changes") >= changes && history("lag") == 0;
        });
  }

  /** A number of its status about the history. */
  public long history(String name) throws IOException, InterruptedException {
    return api.json("/v1/status").path("history").path(name).longValue();
  }

  /** The number of hosts that have that profile; none where it is not known. */
  public int hosts(Fingerprint profile) throws IOException, InterruptedException {
    String path = "/v1/profiles/" + profile;
    return api.isOk(path) ? api.json(path).path("hosts").intValue() : 0;
  }

  @Override
  public void close() {
    api.close();
    constant.close();
    child.close();
  }
}
