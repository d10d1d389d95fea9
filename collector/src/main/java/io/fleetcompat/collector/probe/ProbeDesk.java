package io.fleetcompat.collector.probe;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.sysfs.ProbeOutcome;
import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one host to questions to its drivers. A question is not trusted: a string is
 * written only to an attribute that this collector has read itself, of an endpoint that is what the
 * question takes it for, and only in time. One thread.
 */
public final class ProbeDesk {

  private final String host;
  private final Function<EndpointName, Optional<VersionAttribute>> versions;
  private final BiFunction<VersionAttribute, String, ProbeOutcome> prober;
  private final InstantSource clock;

  /**
   * @param versions the version attribute of an endpoint, as the newest look has read it
   * @param prober writes a string and says what came of it
   */
  public ProbeDesk(
      String host,
      Function<EndpointName, Optional<VersionAttribute>> versions,
      BiFunction<VersionAttribute, String, ProbeOutcome> prober,
      InstantSource clock) {
    this.host = host;
    this.versions = versions;
    this.prober = prober;
    this.clock = clock;
  }

  String host() {
    return host;
  }

  /** The outcome of a question to this host. */
  ProbeResult answer(ProbeRequest request) {
    return switch (outcome(request)) {
      case ProbeOutcome.Accepted() -> result(request, ProbeOutcomeKind.ACCEPTED, 0, "");
      case ProbeOutcome.Refused(int errno) -> result(request, ProbeOutcomeKind.REFUSED, errno, "");
      case ProbeOutcome.Inconclusive(int errno, String why) ->
          result(request, ProbeOutcomeKind.INCONCLUSIVE, errno, why);
    };
  }

  private ProbeOutcome outcome(ProbeRequest request) {
    if (clock.instant().isAfter(request.getExpiresAt())) {
      return none(
          "the question came after its time, at " + clock.instant() + ": is a clock wrong?");
    }
    Optional<VersionAttribute> read = versions.apply(EndpointName.parse(request.getEndpoint()));
    if (read.isEmpty()) {
      return none("expected an endpoint with a version, as this collector reads it, found none");
    }
    return isMeant(read.get(), request)
        ? prober.apply(read.get(), request.getText())
        : none("expected the endpoint to be of the class that is asked, found another");
  }

  private static ProbeOutcome none(String why) {
    return new ProbeOutcome.Inconclusive(0, why);
  }

  /** True where the endpoint is what the question takes it for. */
  private static boolean isMeant(VersionAttribute read, ProbeRequest request) {
    return read.text().equals(request.getOwn())
        && read.endpoint().mdevType().equals(Optional.ofNullable(request.getMdevType()))
        && isSame(request.getDriver(), read.endpoint().pci().get("driver"))
        && isSameId(request.getDevice(), read.endpoint().pci().get("device"));
  }

  private static boolean isSame(@Nullable String expected, Attribute found) {
    return found instanceof Attribute.Text(String text) ? text.equals(expected) : expected == null;
  }

  /** An id may be spelled in several ways. */
  private static boolean isSameId(@Nullable String expected, Attribute found) {
    return found instanceof Attribute.Text(String text)
        ? expected != null && normal(text).equals(normal(expected))
        : expected == null;
  }

  private static String normal(String id) {
    return id.strip().toLowerCase(Locale.ROOT).replaceFirst("^0x", "").replaceFirst("^0+", "");
  }

  private ProbeResult result(
      ProbeRequest request, ProbeOutcomeKind outcome, int errno, String detail) {
    return new ProbeResult(
        host,
        request.getNumber(),
        request.getPair(),
        request.getEndpoint(),
        outcome,
        errno,
        errno == 0 ? "" : Errno.name(errno),
        detail.substring(0, Math.min(detail.length(), Limits.PROBE_DETAIL)),
        clock.instant());
  }
}
