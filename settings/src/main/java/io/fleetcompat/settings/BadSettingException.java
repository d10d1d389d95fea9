package io.fleetcompat.settings;

/**
 * The refusal of a setting or of a file of settings. Its message says which, what was expected,
 * what was found and where; it never has a secret in it.
 */
public final class BadSettingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  BadSettingException(String message) {
    super(message);
  }

  BadSettingException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The refusal of a value. The parser's own exception is no cause of it: it may have the value in
   * it.
   */
  static BadSettingException of(String name, String expected, RawSettings.Given given) {
    String found = Secrets.isSecret(name) ? Secrets.MASK : ShownValue.quoted(given.text());
    return new BadSettingException(
        "%s: expected %s, found %s (from %s)".formatted(name, expected, found, given.origin()));
  }

  /** The refusal of a place in a file. */
  static BadSettingException at(Origin origin, String expected, String found) {
    return new BadSettingException("expected %s, found %s (%s)".formatted(expected, found, origin));
  }
}
