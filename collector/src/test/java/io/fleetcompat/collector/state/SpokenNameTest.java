package io.fleetcompat.collector.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.FormerName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpokenNameTest {

  private static final String MACHINE = "0123456789abcdef0123456789abcdef";
  private static final String CLONE = "fedcba9876543210fedcba9876543210";
  private static final Path ROOT = Path.of("/sys");

  @TempDir Path directory;

  private Instant now = Instant.ofEpochMilli(1_800_000_000_000L);
  private final InstantSource clock = () -> now;

  private SpokenName start(String host) throws IOException {
    return start(ROOT, host, MACHINE);
  }

  private SpokenName start(Path root, String host, String machine) throws IOException {
    return SpokenName.of(directory, root, host, machine, clock);
  }

  /** Starts under a name, is heard, and stops; gives the former name that it said. */
  private Optional<FormerName> run(String host) throws IOException {
    try (SpokenName name = start(host)) {
      Optional<FormerName> said = name.former();
      name.spoke();
      return said;
    }
  }

  /** The same of a process that nobody heard: it was killed, or Kafka was away. */
  private Optional<FormerName> runUnheard(String host) throws IOException {
    try (SpokenName name = start(host)) {
      return name.former();
    }
  }

  private Optional<FormerName> formerly(String host) {
    return Optional.of(new FormerName(host, now));
  }

  @Test
  void aMachineThatKeepsItsNameHadNoOther() throws IOException {
    assertThat(run("a")).isEmpty();
    assertThat(run("a")).isEmpty();
  }

  @Test
  void aRenamedMachineSaysItsFormerNameAtEveryStartWithTheSameTime() throws IOException {
    run("a");
    Optional<FormerName> former = formerly("a");
    assertThat(run("b")).isEqualTo(former);
    now = now.plusSeconds(60);
    assertThat(run("b")).isEqualTo(former);
    now = now.minus(Duration.ofDays(900));
    assertThat(run("b")).as("though the clock goes back").isEqualTo(former);
  }

  @Test
  void aProcessThatDiesBeforeItIsHeardForgetsNothing() throws IOException {
    run("a");
    Optional<FormerName> former = formerly("a");
    assertThat(runUnheard("b")).isEqualTo(former);
    now = now.plusSeconds(60);
    assertThat(runUnheard("b")).isEqualTo(former);
    now = now.plusSeconds(60);
    assertThat(run("b")).isEqualTo(former);
    now = now.plusSeconds(60);
    assertThat(run("b")).isEqualTo(former);
  }

  @Test
  void aNameThatNobodyHeardIsNobodysFormerOne() throws IOException {
    assertThat(runUnheard("localhost")).isEmpty();
    assertThat(run("a")).isEmpty();
    runUnheard("localhost");
    assertThat(run("a")).as("back before anybody heard").isEmpty();
    runUnheard("localhost");
    now = now.plusSeconds(60);
    assertThat(run("b")).isEqualTo(formerly("a"));
    now = now.plusSeconds(60);
    runUnheard("localhost");
    assertThat(runUnheard("c")).isEqualTo(formerly("b"));
  }

  @Test
  void aMachineThatGoesToAndFroSaysEachOfItsRenamings() throws IOException {
    run("a");
    for (int i = 0; i < 3; i++) {
      now = now.plusSeconds(60);
      assertThat(run("b")).isEqualTo(formerly("a"));
      now = now.plusSeconds(60);
      assertThat(run("a")).isEqualTo(formerly("b"));
    }
    now = now.plusSeconds(60);
    assertThat(run("c")).isEqualTo(formerly("a"));
  }

  @Test
  void theFormerNameIsSaidForAWhileThenForgottenByARunningProcessToo() throws IOException {
    run("a");
    try (SpokenName name = start("b")) {
      name.spoke();
      Instant renamed = now;
      now = renamed.plus(SpokenName.SAID_FOR).minusMillis(1);
      assertThat(name.former()).contains(new FormerName("a", renamed));
      now = renamed.plus(SpokenName.SAID_FOR);
      assertThat(name.former()).isEmpty();
    }
    assertThat(run("b")).isEmpty();
    now = now.plusSeconds(1);
    assertThat(run("c")).isEqualTo(formerly("b"));
  }

  @Test
  void aClonedDiskIsNotTheMachineThatItWasClonedFrom() throws IOException {
    run("a");
    try (SpokenName clone = start(ROOT, "b", CLONE)) {
      assertThat(clone.former()).isEmpty();
      clone.spoke();
    }
    try (SpokenName renamed = start(ROOT, "c", CLONE)) {
      assertThat(renamed.former()).isEqualTo(formerly("b"));
    }
  }

  @Test
  void aMachineWithoutAnIdentityKeepsNothing() throws IOException {
    for (String machine :
        List.of("", "uninitialized", MACHINE + "0", MACHINE.toUpperCase(java.util.Locale.ROOT))) {
      for (String host : List.of("a", "b")) {
        try (SpokenName name = start(ROOT, host, machine)) {
          assertThat(name.former()).as(machine).isEmpty();
          name.spoke();
        }
      }
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void collectorsOfOtherRootsAreOtherMachines() throws IOException {
    run("a");
    try (SpokenName name = start(Path.of("/srv/tree"), "b", MACHINE)) {
      assertThat(name.former()).isEmpty();
      name.spoke();
    }
    assertThat(run("a")).isEmpty();
  }

  @Test
  void twoNamesAtOnceAreTwoHostsAndNeitherIsTheOtherRenamedEver() throws IOException {
    try (SpokenName one = start("a")) {
      one.spoke();
      try (SpokenName other = start("b")) {
        assertThat(other.former()).isEmpty();
        other.spoke();
      }
    }
    for (String host : List.of("b", "a", "b")) {
      assertThat(run(host)).as("whichever starts first after both stopped").isEmpty();
    }
    for (Path file : files()) {
      if (file.toString().endsWith(".shared")) {
        Files.delete(file);
      }
    }
    assertThat(run("b")).as("somebody says that they are no more").isEqualTo(formerly("a"));
  }

  @Test
  void aStartThatOverlapsTheLastOneOfTheSameNameHarmsNothing() throws IOException {
    run("a");
    Optional<FormerName> former = formerly("a");
    try (SpokenName slow = start("b")) {
      String kept = Files.readString(names());
      now = now.plusSeconds(60);
      assertThat(run("b")).as("beside one that nobody heard yet").isEqualTo(former);
      assertThat(Files.readString(names())).as("it is not for it to note").isEqualTo(kept);
      slow.spoke();
      now = now.plusSeconds(60);
      assertThat(run("b")).isEqualTo(former);
      try (SpokenName last = start("b")) {
        now = now.plus(SpokenName.SAID_FOR);
        assertThat(last.former()).isEmpty();
      }
      now = now.minus(SpokenName.SAID_FOR);
    }
    assertThat(run("b")).isEqualTo(former);
  }

  @Test
  void aFirstStartBeforeTheClockIsSetSaysTheFormerNameAllTheSame() throws Exception {
    run("a");
    Instant set = now;
    now = Instant.ofEpochMilli(5);
    Optional<FormerName> former = formerly("a");
    try (SpokenName name = start("b")) {
      assertThat(name.former()).isEqualTo(former);
      now = set;
      assertThat(name.former()).isEqualTo(former);
      name.spoke();
      assertThat(name.former()).isEqualTo(former);
    }
    now = set.plus(SpokenName.SAID_FOR).minusMillis(1);
    assertThat(run("b")).isEqualTo(former);
    now = set.plus(SpokenName.SAID_FOR);
    assertThat(run("b")).isEmpty();
  }

  @Test
  void aStartBesideOneThatHasNotWrittenItsNameYetTakesItForNoOther() throws IOException {
    run("a");
    try (FileChannel other = FileChannel.open(locked(), StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(runUnheard("b")).isEmpty();
    }
    assertThat(files()).noneMatch(file -> file.toString().endsWith(".shared"));
    assertThat(run("b")).isEqualTo(formerly("a"));
  }

  @Test
  void whereNothingCanBeLockedNothingIsSaidOfAnybody() throws IOException {
    run("a");
    Path names = names();
    Files.writeString(locked(), "c");
    try (SoleSpeaker speaker =
        SoleSpeaker.of(
            names,
            "b",
            _ -> {
              throw new IOException("No locks available");
            })) {
      assertThat(speaker.standing()).isEqualTo(SoleSpeaker.Standing.DOUBTFUL);
    }
    assertThat(files()).noneMatch(file -> file.toString().endsWith(".shared"));
    assertThat(Files.readString(locked())).as("the name of whoever has it").isEqualTo("c");
  }

  @Test
  void namesThatAreNoPlainTextComeBackAsTheyWere() throws IOException {
    String name = "größe =:#!\\ 😀" + "x".repeat(200);
    run(name);
    assertThat(run("b")).isEqualTo(formerly(name));
    now = now.plusSeconds(1);
    String longest = "ü".repeat(253);
    assertThat(run(longest)).isEqualTo(formerly("b"));
    now = now.plusSeconds(1);
    assertThat(run("é".repeat(253))).isEqualTo(formerly(longest));
    now = now.plusSeconds(1);
    assertThat(runUnheard("è".repeat(253))).isEqualTo(formerly("é".repeat(253)));
  }

  @Test
  void aDamagedFileIsIgnored() throws IOException {
    run("a");
    Path file = names();
    String sound = Files.readString(file);
    assertThat(run("a")).isEmpty();
    String machine = "machine=" + MACHINE + "\n";
    for (String damaged :
        List.of(
            "",
            "\\u12",
            sound.substring(0, sound.length() / 2),
            machine,
            machine + "spoken=\n",
            machine + "spoken=x/y\n",
            machine + "spoken=" + "x".repeat(254) + "\n",
            machine + "spoken=x\nformer=x\nheard-at=1\nrenamed-at=1\n",
            machine + "spoken=b\nformer=x\nheard-at=1\n",
            machine + "spoken=b\nformer=x\nrenamed-at=1\n",
            machine + "spoken=b\nformer=x\nrenamed-at=1\nheard-at=-1\n",
            machine + "spoken=b\nformer=x\\u0000\nheard-at=1\nrenamed-at=1\n",
            machine + "spoken=b\nformer=x\nheard-at=1\nrenamed-at=-1\n",
            machine + "spoken=b\nformer=x\nheard-at=1\nrenamed-at=99999999999999999999\n",
            machine + "spoken=x\nnext=\nnext-since=1\n",
            machine + "spoken=x\n" + " ".repeat(NameFile.MAX_BYTES))) {
      Files.writeString(file, damaged);
      assertThat(run("b")).as(damaged).isEmpty();
      assertThat(run("b")).as("after " + damaged).isEmpty();
    }
  }

  @Test
  void aLockedFileWithAnythingInItKeepsNobodyFromStarting() throws IOException {
    try (SpokenName holder = start("a")) {
      holder.spoke();
      for (Path file : files()) {
        if (file.toString().endsWith(".lock")) {
          Files.writeString(file, "x".repeat(100_000));
        }
      }
      assertThat(run("b")).isEmpty();
    }
    assertThat(run("a")).isEmpty();
  }

  private Path names() throws IOException {
    return files().stream()
        .filter(file -> !file.getFileName().toString().contains("."))
        .findFirst()
        .orElseThrow();
  }

  private Path locked() throws IOException {
    return files().stream()
        .filter(file -> file.toString().endsWith(".lock"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
