package io.fleetcompat.inventory;

/**
 * The outcome of reading one sysfs attribute. The four ways in which there is no usable text are
 * kept apart, because they mean different things: absent is not unreadable is not malformed.
 */
public sealed interface Attribute {

  /**
   * Nothing is there (ENOENT). Never stored: it is what {@link Attributes#get} says of the rest.
   */
  Attribute ABSENT = new Absent();

  /** A directory is there: it tells an empty directory from none. */
  Attribute DIRECTORY = new Directory();

  /**
   * The text, valid UTF-8 within bounds, without its trailing newline. A link gives its last name.
   */
  record Text(String value) implements Attribute {}

  /** It was read, but it breaks the reading rules (too long, not UTF-8, control characters). */
  record Malformed(String problem) implements Attribute {}

  /**
   * It is there and could not be read.
   *
   * @param errno the symbolic name of what the kernel returned: {@code EACCES}, {@code EIO}, …;
   *     {@code ETIMEDOUT} where the read deadline passed
   */
  record Unreadable(String errno) implements Attribute {}

  /** A directory. */
  record Directory() implements Attribute {}

  /** Nothing. */
  record Absent() implements Attribute {}
}
