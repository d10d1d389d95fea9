package io.fleetcompat.query;

import io.fleetcompat.query.alert.AlertmanagerConfig;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings that say which Alertmanagers are told of alerts, and how. */
final class AlertmanagerSettings {

  private static final String URL = "a URL such as http://alertmanager:9093, without user or query";
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=(.+)");
  private static final Set<String> OURS = Set.of("alertname", "pool", "severity");

  static final Key<Set<URI>> MEMBERS =
      Key.of(
              "alertmanager",
              Kind.list("URL", URL, AlertmanagerSettings::url),
              Set.of(),
              "Send alerts to these Alertmanagers (API v2): every member of a cluster.")
          .orOption("--alertmanager");

  static final Key<Path> AUTHORIZATION =
      Key.optional(
          "alertmanager-authorization-file",
          Kind.PATH,
          "no such header",
          "Send what this file holds as the header `Authorization`, such as `Bearer …`; it is read"
              + " for every request.");

  static final Key<Set<String>> LABELS =
      Key.of(
          "alertmanager-labels",
          Kind.list(
              "NAME=VALUE",
              "labels such as fleet=eu1, other than alertname, pool and severity",
              AlertmanagerSettings::label),
          Set.of(),
          "Give every alert these labels, too: which fleet it is of.");

  static final Key<Duration> RESEND_EVERY =
      Key.of(
          "alertmanager-resend-every",
          Kind.POSITIVE_TIME,
          Duration.ofMinutes(1),
          "Send all alerts that fire this often; Alertmanager ends those that it has not heard of"
              + " for four times as long.");

  static final Key<String> EXTERNAL_URL =
      Key.optional(
          "external-url",
          Kind.text("URL", URL),
          "`bind-address` and `port`",
          "The address at which people reach this API, for links in alerts.");

  static final List<Key<?>> ALL =
      List.of(MEMBERS, AUTHORIZATION, LABELS, RESEND_EVERY, EXTERNAL_URL);

  private AlertmanagerSettings() {}

  /** The configuration that these values make. */
  static AlertmanagerConfig config(Values values) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String label : values.get(LABELS)) {
      int equals = label.indexOf('=');
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return new AlertmanagerConfig(
        List.copyOf(values.get(MEMBERS)),
        values.find(AUTHORIZATION),
        labels,
        values.make(AlertmanagerSettings::externalUrl),
        values.get(RESEND_EVERY));
  }

  private static URI externalUrl(Values values) {
    String host = values.get(QuerySettings.BIND_ADDRESS);
    Optional<String> told = values.find(EXTERNAL_URL);
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    if (any && told.isEmpty() && !values.get(MEMBERS).isEmpty()) {
      throw new IllegalArgumentException(
          "expected external-url beside alertmanager where bind-address is "
              + host
              + ", found none: alerts have links to this API");
    }
    String here = host.contains(":") ? "[" + host + "]" : host;
    return url(told.orElse("http://%s:%d".formatted(here, values.get(QuerySettings.PORT))));
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean more =
          url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null;
      if (web && url.getHost() != null && !more) {
        return url;
      }
    } catch (URISyntaxException e) {
      // as below
    }
    throw new IllegalArgumentException("expected " + URL + ", found '" + text + "'");
  }

  private static String label(String text) {
    var label = LABEL.matcher(text);
    if (!label.matches() || OURS.contains(label.group(1))) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
