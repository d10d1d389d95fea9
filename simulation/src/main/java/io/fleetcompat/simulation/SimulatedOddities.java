package io.fleetcompat.simulation;

/** Spoils a simulated tree in the way of its host's {@link Oddity}, on its first type or device. */
final class SimulatedOddities {

  private static final int LONGER_THAN_A_PAGE = 5000;

  private SimulatedOddities() {}

  static void apply(SimulatedHost host, HostTree.Builder tree) {
    switch (host.oddity()) {
      case NONE, EMPTY, BAD_BITS -> {}
      case MALFORMED_VERSION -> tree.file(type(host) + "/software_version", "v1.2");
      case UNREADABLE -> tree.writeOnly(type(host) + "/software_version");
      case STRANGE_API -> tree.file(type(host) + "/device_api", "vfio-strange");
      case TOO_LONG ->
          tree.file(type(host) + "/compatible_pci_ids", "5".repeat(LONGER_THAN_A_PAGE));
      case DANGLING_LINK ->
          tree.link(
              "bus/mdev/devices/00000000-0000-4000-8000-000000000bad",
              parent(host) + "/00000000-0000-4000-8000-000000000bad");
      case BAD_JSON ->
          tree.verbatim(
              type(host) + "/migration_compatible",
              "{ \"self\": [ { \"pciid\" : \"8086591d\", } ], \"compatible\": [] }\n");
      case UNDECLARED ->
          tree.verbatim(
              type(host) + "/migration_compatible",
              "SELF:\n\taggregator=1\nCOMPATIBLE:\n\taggregator={val1}/2\n");
    }
  }

  private static String type(SimulatedHost host) {
    Machine machine = host.pool().machine();
    return parent(host) + "/mdev_supported_types/" + machine.types().getFirst().id();
  }

  private static String parent(SimulatedHost host) {
    return switch (host.pool().machine()) {
      case INTEL_GVT -> "devices/pci0000:00/0000:00:02.0";
      case NVIDIA_MDEV -> "devices/pci0000:00/0000:00:01.0/0000:3b:00.0";
      case NVIDIA_VFIO -> "devices/pci0000:00/0000:00:01.0/0000:41:00.4";
      case CHANNEL_IO -> "devices/css0/0.0.0014";
    };
  }
}
