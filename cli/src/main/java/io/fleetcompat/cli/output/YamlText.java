package io.fleetcompat.cli.output;

import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The text of a YAML file that was named on the command line. */
public final class YamlText {

  /** The largest file, in bytes: a character has at most four. */
  private static final int MAX_BYTES = 4 * LocatedYaml.MAX_CHARACTERS;

  private YamlText() {}

  /**
   * Reads one.
   *
   * @throws BadYamlException where it is no file, too long, or not UTF-8
   */
  public static String of(Path file) throws BadYamlException {
    String name = file.toString();
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (there && !Files.isRegularFile(file)) { // reading a pipe would wait for ever
      throw new BadYamlException(name, 1, "a file", "something else");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new BadYamlException(
            name, 1, "at most %d characters".formatted(LocatedYaml.MAX_CHARACTERS), "more");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadYamlException(name, 1, "UTF-8", "bytes that are none");
    } catch (IOException e) {
      throw CommandFailure.failed("the file cannot be read: " + CommandFailure.why(e));
    }
  }
}
