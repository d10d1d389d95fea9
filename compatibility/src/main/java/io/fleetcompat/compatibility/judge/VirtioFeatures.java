package io.fleetcompat.compatibility.judge;

import java.util.Map;
import java.util.Optional;

/**
 * Names of virtio feature bits, for people. Device ids are those of linux/virtio_ids.h; the names
 * are those of linux/virtio_config.h (any device), virtio_net.h, virtio_blk.h, virtio_console.h,
 * virtio_balloon.h, virtio_scsi.h, virtio_gpu.h and virtio_vsock.h. Bit 51 of a network device is
 * named in virtio 1.3 (5.1.3) alone, and bit 30 in virtio 0.9.5, for legacy devices: it is offered
 * to find drivers that take what they do not know.
 */
final class VirtioFeatures {

  private static final Map<Integer, String> ANY_DEVICE =
      Map.ofEntries(
          Map.entry(24, "VIRTIO_F_NOTIFY_ON_EMPTY"),
          Map.entry(27, "VIRTIO_F_ANY_LAYOUT"),
          Map.entry(28, "VIRTIO_RING_F_INDIRECT_DESC"),
          Map.entry(29, "VIRTIO_RING_F_EVENT_IDX"),
          Map.entry(30, "VIRTIO_F_BAD_FEATURE"),
          Map.entry(32, "VIRTIO_F_VERSION_1"),
          Map.entry(33, "VIRTIO_F_ACCESS_PLATFORM"),
          Map.entry(34, "VIRTIO_F_RING_PACKED"),
          Map.entry(35, "VIRTIO_F_IN_ORDER"),
          Map.entry(36, "VIRTIO_F_ORDER_PLATFORM"),
          Map.entry(37, "VIRTIO_F_SR_IOV"),
          Map.entry(38, "VIRTIO_F_NOTIFICATION_DATA"),
          Map.entry(39, "VIRTIO_F_NOTIF_CONFIG_DATA"),
          Map.entry(40, "VIRTIO_F_RING_RESET"),
          Map.entry(41, "VIRTIO_F_ADMIN_VQ"));

  private static final Map<Integer, String> NET =
      Map.ofEntries(
          Map.entry(0, "VIRTIO_NET_F_CSUM"),
          Map.entry(1, "VIRTIO_NET_F_GUEST_CSUM"),
          Map.entry(2, "VIRTIO_NET_F_CTRL_GUEST_OFFLOADS"),
          Map.entry(3, "VIRTIO_NET_F_MTU"),
          Map.entry(5, "VIRTIO_NET_F_MAC"),
          Map.entry(6, "VIRTIO_NET_F_GSO"),
          Map.entry(7, "VIRTIO_NET_F_GUEST_TSO4"),
          Map.entry(8, "VIRTIO_NET_F_GUEST_TSO6"),
          Map.entry(9, "VIRTIO_NET_F_GUEST_ECN"),
          Map.entry(10, "VIRTIO_NET_F_GUEST_UFO"),
          Map.entry(11, "VIRTIO_NET_F_HOST_TSO4"),
          Map.entry(12, "VIRTIO_NET_F_HOST_TSO6"),
          Map.entry(13, "VIRTIO_NET_F_HOST_ECN"),
          Map.entry(14, "VIRTIO_NET_F_HOST_UFO"),
          Map.entry(15, "VIRTIO_NET_F_MRG_RXBUF"),
          Map.entry(16, "VIRTIO_NET_F_STATUS"),
          Map.entry(17, "VIRTIO_NET_F_CTRL_VQ"),
          Map.entry(18, "VIRTIO_NET_F_CTRL_RX"),
          Map.entry(19, "VIRTIO_NET_F_CTRL_VLAN"),
          Map.entry(20, "VIRTIO_NET_F_CTRL_RX_EXTRA"),
          Map.entry(21, "VIRTIO_NET_F_GUEST_ANNOUNCE"),
          Map.entry(22, "VIRTIO_NET_F_MQ"),
          Map.entry(23, "VIRTIO_NET_F_CTRL_MAC_ADDR"),
          Map.entry(50, "VIRTIO_NET_F_DEVICE_STATS"),
          Map.entry(51, "VIRTIO_NET_F_HASH_TUNNEL"),
          Map.entry(52, "VIRTIO_NET_F_VQ_NOTF_COAL"),
          Map.entry(53, "VIRTIO_NET_F_NOTF_COAL"),
          Map.entry(54, "VIRTIO_NET_F_GUEST_USO4"),
          Map.entry(55, "VIRTIO_NET_F_GUEST_USO6"),
          Map.entry(56, "VIRTIO_NET_F_HOST_USO"),
          Map.entry(57, "VIRTIO_NET_F_HASH_REPORT"),
          Map.entry(59, "VIRTIO_NET_F_GUEST_HDRLEN"),
          Map.entry(60, "VIRTIO_NET_F_RSS"),
          Map.entry(61, "VIRTIO_NET_F_RSC_EXT"),
          Map.entry(62, "VIRTIO_NET_F_STANDBY"),
          Map.entry(63, "VIRTIO_NET_F_SPEED_DUPLEX"),
          Map.entry(65, "VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO"),
          Map.entry(66, "VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM"),
          Map.entry(67, "VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO"),
          Map.entry(68, "VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM"));

  private static final Map<Integer, String> BLK =
      Map.ofEntries(
          Map.entry(0, "VIRTIO_BLK_F_BARRIER"),
          Map.entry(1, "VIRTIO_BLK_F_SIZE_MAX"),
          Map.entry(2, "VIRTIO_BLK_F_SEG_MAX"),
          Map.entry(4, "VIRTIO_BLK_F_GEOMETRY"),
          Map.entry(5, "VIRTIO_BLK_F_RO"),
          Map.entry(6, "VIRTIO_BLK_F_BLK_SIZE"),
          Map.entry(7, "VIRTIO_BLK_F_SCSI"),
          Map.entry(9, "VIRTIO_BLK_F_FLUSH"),
          Map.entry(10, "VIRTIO_BLK_F_TOPOLOGY"),
          Map.entry(11, "VIRTIO_BLK_F_CONFIG_WCE"),
          Map.entry(12, "VIRTIO_BLK_F_MQ"),
          Map.entry(13, "VIRTIO_BLK_F_DISCARD"),
          Map.entry(14, "VIRTIO_BLK_F_WRITE_ZEROES"),
          Map.entry(16, "VIRTIO_BLK_F_SECURE_ERASE"),
          Map.entry(17, "VIRTIO_BLK_F_ZONED"));

  private static final Map<String, Map<Integer, String>> BY_DEVICE =
      Map.of(
          "0x0001", NET,
          "0x0002", BLK,
          "0x0003",
              Map.of(
                  0, "VIRTIO_CONSOLE_F_SIZE",
                  1, "VIRTIO_CONSOLE_F_MULTIPORT",
                  2, "VIRTIO_CONSOLE_F_EMERG_WRITE"),
          "0x0005",
              Map.of(
                  0, "VIRTIO_BALLOON_F_MUST_TELL_HOST",
                  1, "VIRTIO_BALLOON_F_STATS_VQ",
                  2, "VIRTIO_BALLOON_F_DEFLATE_ON_OOM",
                  3, "VIRTIO_BALLOON_F_FREE_PAGE_HINT",
                  4, "VIRTIO_BALLOON_F_PAGE_POISON",
                  5, "VIRTIO_BALLOON_F_REPORTING"),
          "0x0008",
              Map.of(
                  0, "VIRTIO_SCSI_F_INOUT",
                  1, "VIRTIO_SCSI_F_HOTPLUG",
                  2, "VIRTIO_SCSI_F_CHANGE",
                  3, "VIRTIO_SCSI_F_T10_PI"),
          "0x0010",
              Map.of(
                  0, "VIRTIO_GPU_F_VIRGL",
                  1, "VIRTIO_GPU_F_EDID",
                  2, "VIRTIO_GPU_F_RESOURCE_UUID",
                  3, "VIRTIO_GPU_F_RESOURCE_BLOB",
                  4, "VIRTIO_GPU_F_CONTEXT_INIT"),
          "0x0013", Map.of(1, "VIRTIO_VSOCK_F_SEQPACKET"));

  private VirtioFeatures() {}

  /**
   * The name of a bit, where it is well known.
   *
   * @param device virtio device id in normal form, such as {@code 0x0001}
   */
  static Optional<String> name(String device, int bit) {
    Map<Integer, String> ofDevice = BY_DEVICE.getOrDefault(device, Map.of());
    return Optional.ofNullable(ofDevice.get(bit))
        .or(() -> Optional.ofNullable(ANY_DEVICE.get(bit)));
  }
}
