package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import java.util.Optional;

/** The words of {@code /v1/watch} beside events. */
public final class WatchAnswer {

  private WatchAnswer() {}

  /**
   * A bookmark.
   *
   * @param asOf all events until then have been told; milliseconds since 1970
   * @param revision the index of this revision, or a later one, holds all that came before; empty
   *     where nobody has looked
   */
  public static byte[] bookmark(long asOf, Optional<Long> revision) {
    JsonBytes json = new JsonBytes().open();
    json.name("asOf").time(asOf);
    json.name("revision");
    if (revision.isPresent()) {
      json.number(revision.get());
    } else {
      json.nothing();
    }
    return json.close().toBytes();
  }
}
