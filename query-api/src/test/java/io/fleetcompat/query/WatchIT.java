package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.WatchedEvents.Event;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watchers of query servers that follow a real Kafka. */
class WatchIT {

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix);

  WatchIT() throws Exception {}

  @AfterEach
  void close() {
    index.close();
  }

  private QueryServer start(Map<String, String> more) throws Exception {
    Map<String, String> settings = new java.util.HashMap<>(more);
    settings.put("bootstrap-servers", kafka.bootstrapServers());
    settings.put("topic-prefix", prefix);
    settings.put("port", "0");
    QueryServer server = QueryServer.start(QueryConfig.parse(settings));
    Await.until("the index is read", server::isReady);
    return server;
  }

  private static WatchedEvents watch(QueryServer server, Optional<String> after) {
    return Await.until(
        "a watch begins",
        Await.DEFAULT_DEADLINE,
        () -> new WatchedEvents(server.port(), "", after),
        events -> events.response().statusCode() != 503);
  }

  private void change(String host, ChangeCause cause) {
    byte[] value =
        Codecs.CHANGE.encode(ChangeRecord.newBuilder().setCauses(List.of(cause)).build());
    ChangeKey key = new ChangeKey(ChangeKey.Kind.HOST, host);
    index.send(index.topics().changes(), key.toString(), value);
  }

  private void commit(String... hosts) {
    index.begin();
    for (String host : hosts) {
      change(host, ChangeCause.HOST_STALE);
    }
    index.commit();
  }

  private static String name(Event event) {
    return event.data().path("name").textValue();
  }

  @Test
  void whatIsCommittedIsToldAndAWatcherGoesOnAtAnotherServerAndAfterARestart() throws Exception {
    commit("before");
    String first;
    try (QueryServer server = start(Map.of());
        QueryServer other = start(Map.of());
        WatchedEvents events = watch(server, Optional.empty())) {
      Event bookmark = events.next();
      assertThat(bookmark.name()).isEqualTo("bookmark");
      assertThat(bookmark.data().path("revision").isNumber()).isTrue();
      index.begin();
      change("aborted", ChangeCause.HOST_STALE);
      index.abort();
      String[] hosts = new String[40];
      for (int n = 0; n < hosts.length; n++) {
        hosts[n] = "host-" + n;
      }
      commit(hosts);
      List<Event> seen = new ArrayList<>();
      while (seen.size() < hosts.length) {
        seen.add(events.nextOther());
      }
      assertThat(seen.stream().map(WatchIT::name)).containsExactlyInAnyOrder(hosts);
      Event middle = seen.get(15);
      Set<String> rest = new HashSet<>(seen.subList(16, 40).stream().map(WatchIT::name).toList());
      try (WatchedEvents there = watch(other, Optional.of(middle.id()))) {
        Set<String> told = new HashSet<>();
        for (int n = 0; n < rest.size(); n++) {
          told.add(name(there.nextOther()));
        }
        assertThat(told).isEqualTo(rest);
        commit("last");
        assertThat(name(there.nextOther())).isEqualTo("last");
        assertThat(name(events.nextOther())).isEqualTo("last");
      }
      first = bookmark.id();
    }
    try (QueryServer later = start(Map.of());
        WatchedEvents events = watch(later, Optional.of(first))) {
      Set<String> told = new HashSet<>();
      for (int n = 0; n < 41; n++) {
        told.add(name(events.nextOther()));
      }
      assertThat(told).hasSize(41).contains("host-0", "last").doesNotContain("before");
    }
    try (QueryServer forgetful = start(Map.of("watch-max-age", "1ms"));
        WatchedEvents events = watch(forgetful, Optional.of(first))) {
      assertThat(events.response().statusCode()).isEqualTo(410);
    }
  }

  @Test
  void topicsThatAreMadeAnewEndWatchesAndTheirIds() throws Exception {
    try (QueryServer server = start(Map.of());
        WatchedEvents events = watch(server, Optional.empty())) {
      String id = events.next().id();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin.deleteTopics(index.topics().all().stream().map(Topic::name).toList()).all().get();
        Await.until(
            "the topics are gone",
            () -> admin.listTopics().names().get().stream().noneMatch(n -> n.startsWith(prefix)));
      }
      index.close();
      index = new IndexWriter(kafka.bootstrapServers(), prefix);
      Event end = events.nextOther();
      assertThat(end.name()).isEqualTo("error");
      assertThat(end.data().path("code").textValue()).isEqualTo("watch-too-old");
      try (WatchedEvents resumed = watch(server, Optional.of(id))) {
        assertThat(resumed.response().statusCode()).isEqualTo(410);
      }
      try (WatchedEvents anew = watch(server, Optional.empty())) {
        assertThat(anew.next().name()).isEqualTo("bookmark");
        commit("new");
        assertThat(name(anew.nextOther())).isEqualTo("new");
      }
    }
  }

  @Test
  void nobodyWatchesWhereNobodyMay() throws Exception {
    try (QueryServer server = start(Map.of("max-watchers", "0"));
        WatchedEvents refused = new WatchedEvents(server.port(), "", Optional.empty())) {
      assertThat(refused.response().statusCode()).isEqualTo(503);
    }
  }
}
