package io.fleetcompat.indexer.place;

import io.fleetcompat.schemas.DocumentId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts whose collector was started with a smaller epoch than the start before: its clock was
 * ahead then, or it has lost its state directory. By their numbers its documents are older than the
 * placed one. They are taken up where the broker's order of heartbeats says otherwise: for a time
 * all of the host's heartbeats were of the smaller epoch. One stream thread.
 *
 * <p>Kept in memory only: after a restart the time begins again.
 */
final class OlderIncarnations {

  private static final Logger LOG = LoggerFactory.getLogger(OlderIncarnations.class);

  private final Duration quiet;
  private final Map<String, Alone> hosts = new HashMap<>();

  /**
   * Heartbeats of a smaller epoch, with none of the placed document's epoch since the first.
   *
   * @param named the document that the last of them named
   * @param since the broker's time of the first of them, in milliseconds
   * @param lasts true where they have come for long enough
   */
  private record Alone(DocumentId named, long since, boolean lasts) {

    long epoch() {
      return named.version().epoch();
    }
  }

  /**
   * @param quiet after so long without a heartbeat of the greater epoch, nobody speaks with it
   */
  OlderIncarnations(Duration quiet) {
    this.quiet = quiet;
  }

  /**
   * Takes a heartbeat; true where the document that it names counts from now on, although it is
   * older than the placed one.
   *
   * @param at the broker's time, in milliseconds
   */
  boolean heard(String host, DocumentId placed, DocumentId named, long at) {
    long epoch = named.version().epoch();
    if (epoch >= placed.version().epoch()) {
      hosts.remove(host);
      return false;
    }
    Optional<Alone> before =
        Optional.ofNullable(hosts.get(host)).filter(alone -> alone.epoch() == epoch);
    long since = before.map(Alone::since).orElse(at);
    boolean lasts = at - since >= quiet.toMillis();
    hosts.put(host, new Alone(named, since, lasts));
    boolean isNews = before.isEmpty() || !before.get().lasts || !before.get().named.equals(named);
    if (lasts && before.filter(Alone::lasts).isEmpty()) {
      LOG.warn(
          "the collector of host {} was started with epoch {}, and before with {}: its clock was"
              + " ahead then, or its state directory is lost; nothing of the epoch before has come"
              + " for {} s, so its documents are taken up",
          host,
          epoch,
          placed.version().epoch(),
          quiet.toSeconds());
    }
    return lasts && isNews;
  }

  /** True of a document that counts although it is older than the placed one. */
  boolean takesUp(String host, DocumentId document) {
    return Optional.ofNullable(hosts.get(host))
        .filter(Alone::lasts)
        .filter(alone -> document.matches(alone.named))
        .isPresent();
  }

  /** Another document of the host is placed, or the host is gone. */
  void forget(String host) {
    hosts.remove(host);
  }
}
