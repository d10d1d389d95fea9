package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words that people know a profile by: its fingerprint tells them nothing. */
final class ProfileWords {

  private ProfileWords() {}

  /** Kind, vendor and type in words, as far as they are known. */
  static String like(Likeness like) {
    List<String> words = new ArrayList<>();
    like.kind().ifPresent(kind -> words.add(kind.toString()));
    like.vendor().ifPresent(words::add);
    like.typeName().or(like::typeId).ifPresent(words::add);
    return String.join(" ", words);
  }

  /**
   * An endpoint that has the profile, of a live host where there is one.
   *
   * @param members the hosts among which it is looked for
   */
  static Optional<String> example(IndexView view, Membership members, int slot) {
    ProfileEndpoints endpoints = members.endpoints(slot);
    return first(view, endpoints.placedFresh()).or(() -> first(view, endpoints.placedQuiet()));
  }

  private static Optional<String> first(IndexView view, OrderedKeys keys) {
    OrderedKeys.Walk walk = keys.from(0);
    if (!walk.hasNext()) {
      return Optional.empty();
    }
    long key = walk.next();
    return Optional.of(
        IndexedEndpoint.of(view.fleet().hostOf(key), CandidateKey.index(key)).reference());
  }
}
