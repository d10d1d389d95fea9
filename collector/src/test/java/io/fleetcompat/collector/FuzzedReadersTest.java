package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.fleet.HostDocumentProperty;
import io.fleetcompat.collector.state.StateProperties;
import io.fleetcompat.collector.sysfs.readers.FactFileProperty;
import io.fleetcompat.collector.sysfs.readers.VgpuListProperty;
import io.fleetcompat.collector.watch.Uevent;
import io.fleetcompat.testing.fuzz.FuzzTarget;
import io.fleetcompat.testing.fuzz.FuzzedParsers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The parsers of what a collector reads of its machine. */
class FuzzedReadersTest extends FuzzedParsers {

  @Override
  protected List<FuzzTarget> targets() throws IOException {
    StateProperties state = new StateProperties();
    return List.of(
        new FuzzTarget("facts", FactFileProperty::accepts),
        new FuzzTarget("vgpu-list", VgpuListProperty::accepts),
        new FuzzTarget("host-json", HostDocumentProperty::accepts),
        new FuzzTarget("uevent", FuzzedReadersTest::uevent),
        new FuzzTarget("types-file", state::types),
        new FuzzTarget("names-file", state::names));
  }

  /** A message of the kernel's takes no more room than its bytes, whatever it says. */
  private static boolean uevent(byte[] message) {
    Optional<Uevent> event = Uevent.parse(message);
    event.ifPresent(
        found -> {
          assertThat(found.path()).startsWith("/");
          assertThat(found.action()).isNotEmpty();
          assertThat(found.action().length() + found.path().length() + found.subsystem().length())
              .isLessThanOrEqualTo(message.length);
        });
    return event.filter(Uevent::isHint).isPresent();
  }
}
