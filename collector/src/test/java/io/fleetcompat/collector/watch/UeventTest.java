package io.fleetcompat.collector.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UeventTest {

  private static final byte[] MDEV =
      bytes("add@/devices/pci0000:00/0000:00:02.0/u\0ACTION=add\0SUBSYSTEM=mdev\0SEQNUM=7\0");

  @Test
  void aMessageIsAHeaderAndKeys() {
    assertThat(Uevent.parse(MDEV))
        .contains(new Uevent("add", "/devices/pci0000:00/0000:00:02.0/u", "mdev", false));
  }

  @Test
  void whatIsNoMessageIsNone() {
    for (String text : new String[] {"", "libudev\0\1\2", "@/x", "add", "add@x", "\0\0"}) {
      assertThat(Uevent.parse(bytes(text))).as(text).isEmpty();
    }
  }

  @Test
  void aParentOfAnySubsystemSaysThatItOffersTypes() {
    byte[] message =
        bytes("change@/devices/virtual/mtty/mtty\0SUBSYSTEM=mtty\0MDEV_STATE=registered\0");
    assertThat(UeventSocket.judge(0, message)).isEqualTo(UeventSocket.Meaning.HINT);
  }

  @Test
  void onlyTheKernelIsBelieved() {
    assertThat(UeventSocket.judge(0, MDEV)).isEqualTo(UeventSocket.Meaning.HINT);
    assertThat(UeventSocket.judge(4711, MDEV)).isEqualTo(UeventSocket.Meaning.FOREIGN);
  }

  @Test
  void whatNoReaderLooksAtIsNoHint() {
    assertThat(UeventSocket.judge(0, bytes("add@/devices/x\0SUBSYSTEM=net\0")))
        .isEqualTo(UeventSocket.Meaning.OTHER);
    assertThat(UeventSocket.judge(0, bytes("nonsense"))).isEqualTo(UeventSocket.Meaning.OTHER);
  }

  @Test
  void aRealSocketListensAndStops() throws IOException {
    AtomicInteger hints = new AtomicInteger();
    CollectorMetrics metrics = CollectorMetrics.of(new SimpleMeterRegistry());
    Thread listener;
    try (UeventSocket socket = UeventSocket.listen(hints::incrementAndGet, metrics, new Faults())) {
      listener = socket.thread();
      assertThat(listener.isAlive()).isTrue();
    }
    assertThat(listener.isAlive()).isFalse();
    assertThat(metrics.overflows().count()).isZero();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
