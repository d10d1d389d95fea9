package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of single members of records: lengths, numbers and order; each refuses by name. */
final class RecordBounds {

  private RecordBounds() {}

  static void words(String what, Map<String, String> words, int most) throws BadRecordException {
    size(what, words.size(), most);
    for (Map.Entry<String, String> word : words.entrySet()) {
      length("a name in " + what, word.getKey(), 1, Limits.WORD);
      length(what + "[" + word.getKey() + "]", word.getValue(), 0, Limits.VALUE);
    }
  }

  static void word(String what, @Nullable String word) throws BadRecordException {
    if (word != null) {
      length(what, word, 0, Limits.WORD);
    }
  }

  static void ascending(String what, List<String> names) throws BadRecordException {
    for (int i = 1; i < names.size(); i++) {
      if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
        throw invalid(
            what + " sorted and without duplicates",
            Quoted.of(names.get(i)) + " after " + Quoted.of(names.get(i - 1)));
      }
    }
  }

  /** Findings about a host: words, of which there are few. */
  static void findings(List<String> findings) throws BadRecordException {
    size("findings", findings.size(), Limits.FINDINGS);
    ascending("findings", findings);
    for (String finding : findings) {
      length("a finding", finding, 1, Limits.WORD);
    }
  }

  static void length(String what, String text, int least, int most) throws BadRecordException {
    if (text.length() < least || text.length() > most) {
      throw invalid(what + " of " + least + " to " + most + " characters", "" + text.length());
    }
  }

  static void size(String what, long size, int most) throws BadRecordException {
    if (size > most) {
      throw invalid("at most " + most + " " + what, String.valueOf(size));
    }
  }

  static void index(String what, int index, int least, int end) throws BadRecordException {
    if (index < least || index >= end) {
      throw invalid(what + " from " + least + " to below " + end, String.valueOf(index));
    }
  }

  static BadRecordException invalid(String expected, String found) {
    return new BadRecordException(Code.INVALID, expected, found);
  }
}
