package io.fleetcompat.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name and value of one setting of a properties file, with its escapes resolved. */
record PropertyLine(String name, String value) {

  /** Java drops the backslash before any other letter or digit. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:u[0-9a-fA-F]{4}|[tnrf]|[^a-zA-Z0-9])");

  /** All but tab and form feed, which separate; line ends are not in a line. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F]");

  /**
   * Parses a line that begins with the name; lines that continue it are joined already.
   *
   * @throws BadSettingException that shows nothing of the value, which may be a secret
   */
  static PropertyLine parse(String line, Origin origin) {
    if (line.isEmpty() || "#!".indexOf(line.charAt(0)) >= 0) {
      throw BadSettingException.at(origin, "the name of a setting", "none before a backslash");
    }
    Matcher control = CONTROL.matcher(line);
    if (control.find()) {
      throw BadSettingException.at(
          origin,
          "text",
          "the control character \\u%04x".formatted((int) line.charAt(control.start())));
    }
    requireEscapes(line, origin);
    Properties one = new Properties();
    try {
      one.load(new StringReader(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = one.stringPropertyNames().iterator().next();
    String value = one.getProperty(name);
    requireText(name, origin);
    requireText(value, origin);
    if (name.isEmpty()) {
      throw BadSettingException.at(origin, "the name of a setting", "none before '=' or ':'");
    }
    return new PropertyLine(name, value);
  }

  private static void requireEscapes(String line, Origin origin) {
    Matcher escape = ESCAPE.matcher(line);
    int at = line.indexOf('\\');
    while (at >= 0) {
      escape.region(at, line.length());
      if (!escape.lookingAt()) {
        throw BadSettingException.at(
            origin,
            "\\t, \\n"
                + ", \\r"
                + ", \\f, \\uXXXX or a backslash before a character that is no letter or digit",
            "another escape");
      }
      at = line.indexOf('\\', escape.end());
    }
  }

  private static void requireText(String text, Origin origin) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw BadSettingException.at(
          origin, "text", "an escape that is none, \\u0000 or half a pair");
    }
  }
}
