package io.fleetcompat.keys;

import io.fleetcompat.schemas.HostName;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.PropertiesFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * A file with a key: properties in UTF-8, of which {@code key} says whose key it is. Only its owner
 * may read what this writes.
 *
 * <pre>
 * key=fleet|heartbeats|host
 * secret=BASE64                        of a fleet, and of heartbeats
 * host=NAME                            of a host, form-encoded, as are the next three
 * generation=N
 * documents=BASE64
 * heartbeats=BASE64
 * </pre>
 */
public final class KeyFile {

  /** Nothing is quoted: where a line break was lost, a secret is part of the value before it. */
  private static final String OTHER = "something else";

  private static final String KEY = "key";
  private static final String FLEET = "fleet";
  private static final String HEARTBEATS = "heartbeats";
  private static final String HOST = "host";
  private static final String SECRET = "secret";
  private static final Set<String> KINDS = Set.of(FLEET, HEARTBEATS, HOST);
  private static final String GENERATION = "generation";
  private static final String DOCUMENTS = "documents";

  private final Path path;
  private final Map<String, String> entries;

  private KeyFile(Path path, Map<String, String> entries) {
    this.path = path;
    this.entries = entries;
  }

  /**
   * The key of a fleet.
   *
   * @throws IllegalArgumentException if the file is none, or of another key; the message names it,
   *     and never shows a secret
   */
  public static FleetKey fleet(Path path) {
    return new FleetKey(read(path).of(FLEET).secret(SECRET));
  }

  /**
   * The key of heartbeats: its own file, or the fleet's.
   *
   * @throws IllegalArgumentException likewise
   */
  public static HeartbeatKey heartbeats(Path path) {
    KeyFile file = read(path);
    return FLEET.equals(file.entries.get(KEY))
        ? new FleetKey(file.secret(SECRET)).heartbeats()
        : new HeartbeatKey(file.of(HEARTBEATS).secret(SECRET));
  }

  /**
   * The key of a host.
   *
   * @throws IllegalArgumentException likewise
   */
  public static HostKey host(Path path) {
    KeyFile file = read(path).of(HOST);
    String host = file.name();
    if (!HostName.isValid(host)) {
      throw file.bad(HOST, HostName.RULE, OTHER);
    }
    return new HostKey(host, file.generation(), file.secret(DOCUMENTS), file.secret(HEARTBEATS));
  }

  private static KeyFile read(Path path) {
    try {
      return new KeyFile(path, PropertiesFile.read(path).texts());
    } catch (BadSettingException e) {
      throw new IllegalArgumentException("expected a key file: " + e.getMessage(), e);
    }
  }

  private KeyFile of(String kind) {
    String found = entry(KEY);
    if (!found.equals(kind)) {
      throw bad(KEY, kind, KINDS.contains(found) ? found : OTHER);
    }
    return this;
  }

  private String entry(String name) {
    String found = entries.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "expected " + name + " in the key file " + path + ", found none");
    }
    return found;
  }

  private String name() {
    String found = entry(HOST);
    try {
      return URLDecoder.decode(found, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad(HOST, HostName.RULE, OTHER);
    }
  }

  private int generation() {
    String found = entry(GENERATION);
    try {
      int generation = Integer.parseInt(found);
      if (generation >= 1) {
        return generation;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw bad(GENERATION, "a number from 1", OTHER);
  }

  private Secret secret(String name) {
    try {
      return Secret.parse(entry(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + " in the key file " + path + ": " + e.getMessage(), e);
    }
  }

  private IllegalArgumentException bad(String name, String expected, String found) {
    return new IllegalArgumentException(
        "expected " + name + "=" + expected + " in the key file " + path + ", found " + found);
  }

  /**
   * Writes a fleet's key.
   *
   * @throws FileAlreadyExistsException if there is a file: a lost key cannot be made again
   * @throws IOException if it cannot be written
   */
  public static void write(Path path, FleetKey key) throws IOException {
    writeNew(path, text(FLEET) + entry(SECRET, key.secret()));
  }

  /**
   * Writes the key of heartbeats in place of what there was.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path path, HeartbeatKey key) throws IOException {
    replace(path, text(HEARTBEATS) + entry(SECRET, key.secret()));
  }

  /**
   * Writes a host's key in place of what there was: a collector that reads it meanwhile finds the
   * old one or the new one, whole.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path path, HostKey key) throws IOException {
    replace(
        path,
        text(HOST)
            + HOST
            + "="
            + URLEncoder.encode(key.host(), StandardCharsets.UTF_8)
            + "\n"
            + GENERATION
            + "="
            + key.generation()
            + "\n"
            + entry(DOCUMENTS, key.documents())
            + entry(HEARTBEATS, key.heartbeats()));
  }

  private static String text(String kind) {
    return "# A key of fleetcompat: keep it secret.\n" + KEY + "=" + kind + "\n";
  }

  private static String entry(String name, Secret secret) {
    return name + "=" + secret.spelling() + "\n";
  }

  private static void replace(Path path, String text) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    writeNew(fresh, text);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Nobody else may read it from the beginning on, also before there is anything in it. */
  private static void writeNew(Path path, String text) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
