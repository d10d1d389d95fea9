package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.avro.AttributeEntry;
import io.fleetcompat.schemas.avro.AttributeState;
import io.fleetcompat.schemas.avro.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attributes of a node as a document has them, and back. Pure. */
final class ContentRecord {

  private ContentRecord() {}

  static Content of(Attributes attributes) {
    List<AttributeEntry> entries = new ArrayList<>(attributes.byPath().size());
    attributes.byPath().forEach((path, attribute) -> entries.add(entry(path, attribute)));
    return new Content(entries);
  }

  static AttributeEntry entry(String path, Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text text -> new AttributeEntry(path, AttributeState.TEXT, text.value());
      case Attribute.Malformed malformed ->
          new AttributeEntry(path, AttributeState.MALFORMED, malformed.problem());
      case Attribute.Unreadable unreadable ->
          new AttributeEntry(path, AttributeState.UNREADABLE, unreadable.errno());
      case Attribute.Directory directory -> new AttributeEntry(path, AttributeState.DIRECTORY, "");
      case Attribute.Absent absent ->
          throw new IllegalStateException(path + ": an absent attribute is never stored");
    };
  }

  static Attributes attributes(Content content) {
    Map<String, Attribute> byPath = new TreeMap<>();
    for (AttributeEntry entry : content.getAttributes()) {
      byPath.put(entry.getPath(), attribute(entry));
    }
    return Attributes.of(byPath);
  }

  private static Attribute attribute(AttributeEntry entry) {
    return switch (entry.getState()) {
      case TEXT -> text(entry.getValue());
      case MALFORMED -> malformed(entry.getValue());
      case UNREADABLE -> new Attribute.Unreadable(Quoted.bare(entry.getValue(), Limits.WORD));
      case DIRECTORY -> Attribute.DIRECTORY;
    };
  }

  static Attribute malformed(String problem) {
    return new Attribute.Malformed(Quoted.bare(problem, Limits.PROBLEM));
  }

  /** A collector keeps the reading rules; a text that breaks them is not believed. */
  static Attribute text(String text) {
    if (text.length() > Limits.TEXT) {
      return new Attribute.Malformed(
          "expected at most " + Limits.TEXT + " characters, found " + text.length());
    }
    return hasControlCharacter(text)
        ? new Attribute.Malformed("expected no control characters, found one")
        : new Attribute.Text(text);
  }

  /** A loop and no stream: every text of every document comes here. */
  private static boolean hasControlCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        return true;
      }
    }
    return false;
  }
}
