package io.fleetcompat.collector.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.state.NameFile.Names;
import io.fleetcompat.collector.sysfs.readers.SupportedTypes.SeenCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The laws of the files that a collector keeps: nothing is known, or it comes back equal. */
public final class StateProperties {

  private static final String MACHINE = "m";

  private final Path directory;

  public StateProperties() throws IOException {
    directory = Files.createTempDirectory("fuzz-state-");
    directory.toFile().deleteOnExit();
  }

  /** A {@code types-HOST}. */
  public boolean types(byte[] input) throws IOException {
    SupportedTypesFile file = SupportedTypesFile.of(directory, "a", MACHINE);
    Files.write(file.file().path(), input);
    List<SeenCard> cards = file.read();
    delete(file.file());
    if (cards.isEmpty()) {
      return false;
    }
    file.write(cards);
    assertThat(file.read()).isEqualTo(cards);
    delete(file.file());
    return true;
  }

  /** The names of a machine. */
  public boolean names(byte[] input) throws IOException {
    StateFile kept =
        new StateFile(directory.resolve("names"), StandardCharsets.ISO_8859_1, NameFile.MAX_BYTES);
    NameFile file = new NameFile(kept, MACHINE);
    Files.write(kept.path(), input);
    Optional<Names> names = file.read();
    delete(kept);
    if (names.isEmpty()) {
      return false;
    }
    file.write(names.get());
    assertThat(file.read()).isEqualTo(names);
    delete(kept);
    return true;
  }

  private static void delete(StateFile file) throws IOException {
    Files.deleteIfExists(file.path());
  }
}
