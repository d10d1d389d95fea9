package io.fleetcompat.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes in a fleet directory that the kernel tells of. */
class FleetWatchTest {

  @TempDir Path fleet;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private @Nullable FleetWatch watch;

  private final Counter failures = new SimpleMeterRegistry().counter("failures");
  private final Faults faults = new Faults();

  /** Thrown by who is told of the next change. */
  private volatile @Nullable Throwable throwing;

  @BeforeEach
  void open() {
    watch = FleetWatch.of(fleet, this::hear, failures, faults).orElseThrow();
    watch().start();
  }

  private void hear(Scope scope) {
    Throwable thrown = throwing;
    throwing = null;
    switch (thrown) {
      case null -> heard.add(scope instanceof Scope.OneHost(String host) ? host : "");
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalArgumentException(thrown);
    }
  }

  @AfterEach
  void close() {
    watch().close();
  }

  @Test
  void aFileThatIsWrittenNamesItsHost() throws Exception {
    FleetHost one = host("one");
    FleetHost two = host("two");
    Path file = Files.createDirectories(one.sys().resolve("a/b")).resolve("name");
    assertThat(watch().directories().add(one)).isTrue();
    assertThat(watch().directories().add(two)).isTrue();
    heard.clear();

    Files.writeString(file, "x");
    expect("one");
    Files.writeString(two.folder().resolve("host.json"), "{}");
    expect("two");
  }

  @Test
  void whatComesLaterIsWatchedToo() throws Exception {
    FleetHost one = host("one");
    watch().directories().add(one);
    Path deep = Files.createDirectories(one.sys().resolve("c/d/e"));
    expect("one");
    Files.writeString(deep.resolve("name"), "x");
    expect("one");
    Path aside = fleet.resolve(".new");
    Files.createDirectories(aside.resolve("sys/f"));
    Files.move(one.folder(), fleet.resolve(".old"));
    Files.move(aside, one.folder());
    expect("");
    Files.writeString(one.sys().resolve("f/name"), "x");
    expect("one");
  }

  @Test
  void aHostThatComesOrGoesIsNotNamedAndOneThatIsLetGoIsNotHeard() throws Exception {
    FleetHost one = host("one");
    expect("");
    watch().directories().add(one);
    assertThat(watch().directories().hears(one)).isTrue();
    watch().directories().remove(one);
    assertThat(watch().directories().hears(one)).isFalse();
    heard.clear();
    Files.writeString(one.sys().resolve("name"), "x");
    Files.createDirectory(fleet.resolve("two"));
    assertThat(heard.poll(2, TimeUnit.MINUTES)).isEmpty();
    assertThat(heard).doesNotContain("one");
  }

  @Test
  void whatAHintThrowsEndsNothing() throws Exception {
    FleetHost one = host("one");
    expect("");
    watch().directories().add(one);
    for (Throwable thrown : List.of(new IllegalStateException("once"), new StackOverflowError())) {
      double before = failures.count();
      throwing = thrown;
      Files.writeString(one.sys().resolve("name"), "x");
      Await.until("a failure", () -> failures.count() > before);
      assertThat(faults.first()).isEmpty();
      Files.writeString(one.sys().resolve("name"), "y");
      expect("one");
    }
  }

  @Test
  void anErrorInTheWatchIsAFaultOfTheProcess() throws Exception {
    throwing = new LinkageError("of the process");
    host("one");
    Await.until("a fault", () -> faults.first().isPresent());
    assertThat(faults.first().orElseThrow()).contains("fleet-watch", "LinkageError");
  }

  private void expect(String name) {
    Await.until("'" + name + "' to be heard of", () -> name.equals(heard.poll()));
    // A burst may be told in two parts.
    Await.until("silence", () -> heard.poll(300, TimeUnit.MILLISECONDS) == null);
  }

  private FleetHost host(String name) throws IOException {
    Path folder = fleet.resolve(name);
    Files.createDirectories(folder.resolve("sys"));
    return new FleetHost(name, folder, HostDocument.EMPTY);
  }

  private FleetWatch watch() {
    if (watch == null) {
      throw new IllegalStateException("not open");
    }
    return watch;
  }
}
