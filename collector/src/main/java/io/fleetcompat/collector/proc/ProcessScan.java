package io.fleetcompat.collector.proc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pass over the processes of a host for the devices of VFIO that they have open. A process keeps
 * the group open while it uses a device of it ({@code /dev/vfio/26}), or has the device's own node
 * open ({@code /dev/vfio/devices/vfio3}); since Linux 6.18 {@code fdinfo} names the device.
 *
 * <p>What a process has open, only root and whoever may trace it can see: what was not seen may be
 * open. Of a process the first thread's descriptors are seen, which are all threads' unless one has
 * left them ({@code unshare(CLONE_FILES)}). Bounded in processes, descriptors, devices and time.
 * For one thread at a time.
 */
public final class ProcessScan {

  /** Most processes that are looked at. */
  static final int MAX_PROCESSES = 1 << 17;

  /** Most descriptors of all processes that are looked at. */
  static final int MAX_DESCRIPTORS = 1 << 20;

  /** The longest that a pass may take. */
  static final Duration MAX_TIME = Duration.ofSeconds(5);

  /** Most devices that are found open. */
  static final int MAX_OPEN = 1 << 14;

  /** A node of VFIO, also where a process sees it below a root of its own. */
  private static final Pattern NODE =
      Pattern.compile(
          "(?:/.*)?/vfio/((?:noiommu-)?[0-9]{1,10}|devices/vfio[0-9]{1,10})(?: \\(deleted\\))?");

  private static final String OF_A_DEVICE = "devices/";

  /** The link of a descriptor that the kernel made of a device (drivers/vfio/vfio_main.c). */
  private static final String DEVICE = "anon_inode:[vfio-device]";

  private static final String SYS = "/sys/";
  private static final String DEV = "/dev/";
  private static final String NULL = "/dev/null";

  private final ProcTree tree;
  private final LongSupplier nanos;
  private final int maxProcesses;
  private final int maxDescriptors;

  private final Set<String> nodes = new HashSet<>();
  private final Set<String> devices = new HashSet<>();
  private Optional<String> lack = Optional.empty();
  private long begin;
  private int processesLeft;
  private int descriptorsLeft;
  private boolean hasGroup;
  private boolean hasUnnamed;

  /**
   * @param root a {@code /proc}, or a copy of one; itself no link
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public ProcessScan(Path root, LongSupplier nanos) {
    this(root, nanos, MAX_PROCESSES, MAX_DESCRIPTORS);
  }

  ProcessScan(Path root, LongSupplier nanos, int maxProcesses, int maxDescriptors) {
    this.tree = new ProcTree(root);
    this.nanos = nanos;
    this.maxProcesses = maxProcesses;
    this.maxDescriptors = maxDescriptors;
  }

  /** Looks at all processes, once. */
  public OpenDevices look() {
    nodes.clear();
    devices.clear();
    lack = Optional.empty();
    begin = nanos.getAsLong();
    processesLeft = maxProcesses;
    descriptorsLeft = maxDescriptors;
    if (!tree.exists()) {
      lacks("expected processes, found none (proc-root, or proc/ of a host in a fleet directory)");
    } else if (!tree.showsWholeMachine()) {
      lacks(
          "expected a /proc that shows all processes of the machine, found one that hides some"
              + " (of a container, or by hidepid or ProtectProc=)");
    }
    if (!tree.processes(this::look)) {
      lacks("expected to see all processes, found a part of them");
    }
    return new OpenDevices(nodes, devices, lack);
  }

  private void lacks(String what) {
    lack = lack.or(() -> Optional.of(what));
  }

  /** Looks at a process; false where nothing more may be looked at. */
  private boolean look(String process) {
    processesLeft--;
    if (isBeyond()) {
      return false;
    }
    hasGroup = false;
    hasUnnamed = false;
    boolean all = tree.descriptors(process, descriptor -> look(process, descriptor));
    if (isBeyond()) {
      return false;
    }
    if (!all) {
      lacks(
          "expected to see what process %s has open, found that it may not be looked into (it takes root, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH)"
              .formatted(process));
    }
    // A device whose group nobody has open any more: which one it is, an older kernel does not say.
    if (hasUnnamed && !hasGroup) {
      lacks("process %s has a device open, and the kernel does not say which".formatted(process));
    }
    return true;
  }

  private boolean isBeyond() {
    boolean beyond =
        processesLeft < 0
            || descriptorsLeft < 0
            || nodes.size() + devices.size() > MAX_OPEN
            || nanos.getAsLong() - begin > MAX_TIME.toNanos();
    if (beyond) {
      lacks(
          "expected at most %d processes, %d descriptors, %d devices and %d s for a look, found more"
              .formatted(maxProcesses, maxDescriptors, MAX_OPEN, MAX_TIME.toSeconds()));
    }
    return beyond;
  }

  private boolean look(String process, String descriptor) {
    descriptorsLeft--;
    if (isBeyond()) {
      return false;
    }
    Optional<String> target = target(process, descriptor);
    if (target.isPresent()) {
      Matcher node = NODE.matcher(target.get());
      if (node.matches()) {
        nodes.add(node.group(1));
        hasGroup |= !node.group(1).startsWith(OF_A_DEVICE);
      } else if (target.get().equals(DEVICE)) {
        hasUnnamed |= !learnDevice(process, descriptor);
      } else if (target.get().startsWith(DEV) && !target.get().equals(NULL)) {
        learnDevice(process, descriptor); // a node of VFIO may have any name in a container
      }
    }
    return true;
  }

  private Optional<String> target(String process, String descriptor) {
    try {
      return tree.target(process, descriptor);
    } catch (IOException | UnsupportedOperationException e) {
      lacks("expected the link of a descriptor of process %s, found none".formatted(process));
      return Optional.empty();
    }
  }

  /** True where the kernel names the device of a descriptor. */
  private boolean learnDevice(String process, String descriptor) {
    Optional<String> device = tree.device(process, descriptor).filter(path -> path.startsWith(SYS));
    device.ifPresent(path -> devices.add(path.substring(SYS.length())));
    return device.isPresent();
  }
}
