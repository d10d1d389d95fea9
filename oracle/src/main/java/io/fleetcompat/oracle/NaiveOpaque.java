package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The naive rules of {@code opaque-version} (docs/rules.md 3.3). */
final class NaiveOpaque {

  private static final int MAX_BYTES = 4095;

  /** Errnos that say nothing about the device. */
  private static final Set<String> INCONCLUSIVE =
      Set.of("EACCES", "EPERM", "EIO", "ENODEV", "ETIMEDOUT", "EXDEV", "ELOOP", "EMFILE", "ENFILE");

  private NaiveOpaque() {}

  /**
   * @param ofType whether it is the attribute of a device's type, not of the device
   */
  private record Version(Attribute attribute, boolean ofType) {}

  static boolean present(Endpoint endpoint) {
    return version(endpoint).isPresent();
  }

  static void judge(Endpoint source, Endpoint destination, NaiveAnswers answers, Findings to) {
    Version from = version(source).orElseThrow();
    Optional<Version> at = version(destination);
    if (at.isEmpty() && NaiveJudge.unseenType(destination)) {
      to.unknown("opaque-missing");
      return;
    }
    if (at.isEmpty()) {
      boolean own = !source.kind().isType() && !from.ofType();
      NaiveJudge.missing("opaque-missing", own, destination, to);
      return;
    }
    boolean asked = true;
    boolean typesMatter =
        source.kind().isType() || destination.kind().isType() || from.ofType() || at.get().ofType();
    if (typesMatter && (source.mdevType().isEmpty() || destination.mdevType().isEmpty())) {
      to.unknown("mdev-type");
    } else if (typesMatter && !source.mdevType().equals(destination.mdevType())) {
      to.incompatible("mdev-type");
      asked = false;
    }
    asked &= !vendorsDiffer(source, destination, to);
    boolean readable = readable(from.attribute(), true, to);
    readable &= readable(at.get().attribute(), false, to);
    if (asked
        && readable
        && (NaiveJudge.unseenType(source) || NaiveJudge.unseenType(destination))) {
      to.lacking("opaque-unprobed"); // nobody knows which class that is
    } else if (asked && readable) {
      driver(from, at.get(), destination, answers, to);
    }
  }

  /** Only the driver can tell, and maybe it has. */
  private static void driver(
      Version from, Version at, Endpoint destination, NaiveAnswers answers, Findings to) {
    boolean ofDevice = !destination.kind().isType() && !at.ofType();
    Optional<NaiveAnswers.Answer> found = answers.find(text(from), destination, text(at), ofDevice);
    if (found.isEmpty()) {
      to.lacking("opaque-unprobed");
      return;
    }
    switch (found.get()) {
      case ACCEPTED -> {}
      case ACCEPTED_ONCE -> to.warning("opaque-unconfirmed", "migration_version");
      case REFUSED -> to.incompatible("opaque-rejected");
      case CONFLICT -> to.unknown("opaque-conflict");
    }
  }

  private static String text(Version version) {
    return version.attribute() instanceof Attribute.Text(String text) ? text : "";
  }

  private static boolean vendorsDiffer(Endpoint source, Endpoint destination, Findings to) {
    Attribute from = source.pci().get("vendor");
    Attribute at = destination.pci().get("vendor");
    if (from instanceof Attribute.Text(String s)
        && s.matches(NaiveValue.HARDWARE_ID)
        && at instanceof Attribute.Text(String d)
        && d.matches(NaiveValue.HARDWARE_ID)) {
      if (!NaiveValue.normal(s).equals(NaiveValue.normal(d))) {
        to.incompatible("vendor");
        return true;
      }
    } else if (NaiveJudge.there(from) || NaiveJudge.there(at)) {
      to.unknown("vendor");
    }
    return false;
  }

  private static boolean readable(Attribute attribute, boolean atSource, Findings to) {
    if (attribute instanceof Attribute.Text(String value)) {
      int length = value.getBytes(StandardCharsets.UTF_8).length;
      if (length > 0 && length <= MAX_BYTES) {
        return true;
      }
    }
    if (atSource
        && attribute instanceof Attribute.Unreadable(String errno)
        && !INCONCLUSIVE.contains(errno)) {
      to.incompatible("opaque-not-migratable");
    } else {
      to.unknown("opaque-version");
    }
    return false;
  }

  private static Optional<Version> version(Endpoint endpoint) {
    boolean old =
        endpoint.kind() == EndpointKind.MDEV_TYPE || endpoint.kind() == EndpointKind.MDEV_DEVICE;
    Optional<Version> own = find(endpoint.own(), old, false);
    return own.isPresent() || endpoint.kind() != EndpointKind.MDEV_DEVICE
        ? own
        : find(endpoint.type(), true, true);
  }

  private static Optional<Version> find(Attributes node, boolean old, boolean ofType) {
    if (NaiveJudge.there(node.get("migration_version"))) {
      return Optional.of(new Version(node.get("migration_version"), ofType));
    }
    if (old && NaiveJudge.there(node.get("version"))) {
      return Optional.of(new Version(node.get("version"), ofType));
    }
    return Optional.empty();
  }
}
