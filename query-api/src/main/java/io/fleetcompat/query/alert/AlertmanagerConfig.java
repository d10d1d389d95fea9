package io.fleetcompat.query.alert;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Alertmanagers that are told of alerts, and how.
 *
 * @param members every member of the cluster, by the address below which {@code /api/v2/alerts} is
 * @param authorization a file whose content is the header {@code Authorization} of every request
 * @param labels that every alert has, beside its own
 * @param externalUrl where people reach this API
 * @param resendEvery time between two sends of what has not changed
 */
public record AlertmanagerConfig(
    List<URI> members,
    Optional<Path> authorization,
    SortedMap<String, String> labels,
    URI externalUrl,
    Duration resendEvery) {

  public AlertmanagerConfig {
    members = List.copyOf(members);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
