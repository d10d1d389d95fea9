package io.fleetcompat.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A simulated fleet on disk on which something is played: nobody else changes it meanwhile. One
 * thread.
 */
public final class PlayedFleet implements AutoCloseable {

  private final FleetMarker marker;
  private final HostFolders folders;
  private SimulatedHosts now;

  private PlayedFleet(FleetMarker marker, HostFolders folders, SimulatedHosts now) {
    this.marker = marker;
    this.folders = folders;
    this.now = now;
  }

  /**
   * Opens a fleet that there is.
   *
   * @throws NotSimulatedException where no simulation has written it
   * @throws FleetBusyException where somebody changes it
   */
  public static PlayedFleet open(Path directory) throws IOException, NotSimulatedException {
    FleetMarker marker = FleetMarker.hold(directory);
    boolean done = false;
    try {
      HostFolders folders = HostFolders.open(directory);
      SortedMap<String, SimulatedHost> hosts = new TreeMap<>();
      folders.read().values().forEach(host -> hosts.put(host.name(), host));
      PlayedFleet fleet = new PlayedFleet(marker, folders, new SimulatedHosts(hosts));
      done = true;
      return fleet;
    } finally {
      if (!done) {
        marker.close();
      }
    }
  }

  /** The hosts as they are. */
  public SimulatedHosts now() {
    return now;
  }

  /**
   * Makes the trees those of the hosts as they are to be. What comes to a host is there before it
   * goes from another: at no moment is a device nowhere.
   *
   * @param next of the same hosts
   */
  public void play(SimulatedHosts next) throws IOException {
    List<String> gaining = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String name : now.names()) {
      boolean gains = !now.host(name).instances().containsAll(next.host(name).instances());
      (gains ? gaining : others).add(name);
    }
    gaining.addAll(others);
    for (String name : gaining) {
      folders.replace(now.host(name), next.host(name));
    }
    now = next;
  }

  @Override
  public void close() throws IOException {
    marker.close();
  }
}
