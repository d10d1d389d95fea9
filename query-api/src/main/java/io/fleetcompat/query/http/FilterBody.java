package io.fleetcompat.query.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fleetcompat.query.lookup.EndpointReference;
import io.fleetcompat.query.lookup.HostFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /v1/filter}: devices, and hosts that are asked about. Read token by
 * token, since it holds many names and little else.
 *
 * @param sources 1 to {@link Bodies#MAX_SOURCES}
 * @param hosts names, at most {@link HostFilter#MAX_NAMES}
 */
record FilterBody(List<EndpointReference> sources, List<String> hosts) {

  static FilterBody parse(byte[] body) {
    return BodyTokens.parsed(body, FilterBody::read);
  }

  private static FilterBody read(JsonParser json) throws IOException {
    List<EndpointReference> sources = new ArrayList<>();
    List<String> hosts = List.of();
    boolean hasHosts = false;
    boolean hasSource = false;
    boolean hasSources = false;
    BodyTokens.expect(json, "the body", JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "source" -> {
          sources.add(BodyTokens.endpoint(json, "source"));
          hasSource = true;
        }
        case "sources" -> {
          hasSources = true;
          for (String text : BodyTokens.strings(json, name, Bodies.MAX_SOURCES)) {
            sources.add(References.parseEndpoint("sources[" + sources.size() + "]", text));
          }
        }
        case "hosts" -> {
          hosts = BodyTokens.strings(json, name, HostFilter.MAX_NAMES);
          hasHosts = true;
        }
        default ->
            throw Bodies.bad(
                "the body: expected members [hosts, source, sources], found "
                    + Problem.quote(name));
      }
    }
    if (hasSource && hasSources) {
      throw Bodies.bad("expected source or sources, found both");
    }
    if (sources.isEmpty() || sources.size() > Bodies.MAX_SOURCES) {
      throw Bodies.bad(
          "expected source, or 1 to %d sources, found %d"
              .formatted(Bodies.MAX_SOURCES, sources.size()));
    }
    if (!hasHosts) {
      throw Bodies.bad(
          "hosts: expected an array of at most "
              + HostFilter.MAX_NAMES
              + " strings, found nothing");
    }
    return new FilterBody(List.copyOf(sources), hosts);
  }
}
