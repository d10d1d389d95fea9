package io.fleetcompat.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A properties file as Java defines it ({@link java.util.Properties#load}), in UTF-8 and read
 * strictly: it is bounded, every name is there once, and what Java would drop or replace in silence
 * is refused with its line.
 */
public final class PropertiesFile {

  /** Largest file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** Longest setting, in characters: its name and value, with the lines that continue it. */
  static final int MAX_LENGTH = 256 << 10;

  /** Most settings of a file. */
  static final int MAX_SETTINGS = 4096;

  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

  private final Path file;
  private final Iterator<String> lines;
  private final SortedMap<String, RawSettings.Given> settings = new TreeMap<>();

  /** The number of the line that was taken last; the first is 1. */
  private int number;

  private PropertiesFile(Path file, String text) {
    this.file = file;
    this.lines = text.lines().iterator();
  }

  /**
   * The settings of a file.
   *
   * @throws BadSettingException naming the file, and the line where there is one
   */
  public static RawSettings read(Path file) {
    return parse(Utf8.decode(bytes(file), file), file);
  }

  /**
   * The settings in the text of a file that was read before.
   *
   * @param file as messages name it
   */
  public static RawSettings parse(String text, Path file) {
    PropertiesFile reading = new PropertiesFile(file, text);
    while (reading.lines.hasNext()) {
      reading.take();
    }
    return RawSettings.of(reading.settings);
  }

  private static byte[] bytes(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new BadSettingException("expected a properties file at " + file + ", found none", e);
    } catch (AccessDeniedException e) {
      throw new BadSettingException(
          "expected a properties file at " + file + ", found one that may not be read", e);
    } catch (IOException e) {
      throw new BadSettingException(
          "expected a properties file at %s, found something else: %s"
              .formatted(file, e.getMessage()),
          e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new BadSettingException(
          "expected a properties file of at most %d bytes, found more: %s"
              .formatted(MAX_BYTES, file));
    }
    return bytes;
  }

  private String next() {
    number++;
    return withoutLeadingBlanks(lines.next());
  }

  /** Takes one setting with the lines that continue it, or a line that has none. */
  private void take() {
    String line = next();
    if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == '!') {
      return;
    }
    Origin origin = Origin.line(file, number);
    StringBuilder whole = new StringBuilder();
    while (isContinued(line)) {
      whole.append(line, 0, line.length() - 1);
      requireRoom(whole.length(), origin);
      if (!lines.hasNext()) {
        throw BadSettingException.at(
            origin, "a line after one that ends in a backslash", "the end of the file");
      }
      line = next();
    }
    whole.append(line);
    requireRoom(whole.length(), origin);
    add(PropertyLine.parse(whole.toString(), origin), origin);
  }

  private void add(PropertyLine setting, Origin origin) {
    RawSettings.Given given = new RawSettings.Given(setting.value(), origin);
    RawSettings.Given before = settings.putIfAbsent(setting.name(), given);
    if (before != null) {
      throw BadSettingException.at(
          origin, "every setting once", shown(setting.name()) + " again, after " + before.origin());
    }
    if (settings.size() > MAX_SETTINGS) {
      throw BadSettingException.at(origin, "at most " + MAX_SETTINGS + " settings", "more");
    }
  }

  /** A line without its begin may be a secret: what is not spelled as a name is not shown. */
  private static String shown(String name) {
    return PLAIN.matcher(name).matches() ? ShownValue.quoted(name) : "one";
  }

  private static void requireRoom(int length, Origin origin) {
    if (length > MAX_LENGTH) {
      throw BadSettingException.at(
          origin, "a setting of at most " + MAX_LENGTH + " characters", "more");
    }
  }

  /** True where it ends in an odd number of backslashes: then the next line continues it. */
  private static boolean isContinued(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static String withoutLeadingBlanks(String line) {
    int begin = 0;
    while (begin < line.length() && " \t\f".indexOf(line.charAt(begin)) >= 0) {
      begin++;
    }
    return line.substring(begin);
  }
}
