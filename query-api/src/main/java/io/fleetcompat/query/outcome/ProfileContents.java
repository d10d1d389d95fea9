package io.fleetcompat.query.outcome;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The canonical forms of profiles that outcomes speak of, by fingerprint: the index forgets a
 * profile that no host has any more. Bounded: those that were spoken of last are kept. One thread
 * at a time.
 */
final class ProfileContents {

  private final long most;
  private final Map<String, String> byProfile = new LinkedHashMap<>();
  private long characters;

  /**
   * @param most characters that are kept
   */
  ProfileContents(long most) {
    this.most = most;
  }

  void put(String profile, String content) {
    String before = byProfile.remove(profile); // it is the newest then
    characters += content.length() - (before == null ? 0 : before.length());
    byProfile.put(profile, content);
    var eldest = byProfile.entrySet().iterator();
    while (characters > most) {
      characters -= eldest.next().getValue().length();
      eldest.remove();
    }
  }

  Optional<String> find(String profile) {
    return Optional.ofNullable(byProfile.get(profile));
  }

  void clear() {
    byProfile.clear();
    characters = 0;
  }
}
