package io.fleetcompat.indexer;

import io.fleetcompat.alerts.AlertRuleFile;
import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The place where an indexer's alert rules are from.
 *
 * @param file empty for the built-in rules
 * @param reloadEvery time between looks at the file; 0 for none after the start
 */
public record AlertRuleSource(Optional<Path> file, Duration reloadEvery) {

  /** UTF-8 has at most so many bytes for a character of a text. */
  private static final int MOST_BYTES = 3 * LocatedYaml.MAX_CHARACTERS;

  /**
   * The rules as they are now.
   *
   * @throws IllegalArgumentException for what is refused, with file, line, what was expected and
   *     found
   */
  public AlertRules read() {
    return file.isPresent() ? parse(text()) : AlertRules.defaults();
  }

  /** The rules that a text of the file makes. */
  AlertRules parse(String text) {
    try {
      return AlertRuleFile.parse(name(), text);
    } catch (BadYamlException e) {
      throw new IllegalArgumentException(e.allProblems(), e);
    }
  }

  /** The text of the file. */
  String text() {
    if (Files.exists(file.orElseThrow()) && !Files.isRegularFile(file.get())) {
      throw new IllegalArgumentException( // reading a pipe would wait for ever
          name() + ": expected a file of alert rules, found something else");
    }
    try (InputStream in = Files.newInputStream(file.orElseThrow())) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name() + ": expected UTF-8, found other bytes", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          name() + ": expected a file of alert rules that can be read, found " + e, e);
    }
  }

  private String name() {
    return Quoted.of(file.orElseThrow().toString());
  }

  /** True where rules may change while an indexer runs. */
  boolean isReloaded() {
    return file.isPresent() && reloadEvery.isPositive();
  }
}
