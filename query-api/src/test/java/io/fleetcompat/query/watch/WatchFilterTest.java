package io.fleetcompat.query.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.history.ChangeFilter;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The events that a watcher asks for. */
class WatchFilterTest {

  static {
    Objects.requireNonNull(Codecs.CHANGE); // from here on, Avro makes our records
  }

  private static EventSubject change(ChangeKey.Kind kind, ChangeCause cause, String... pools) {
    return new EventSubject.Change(
        new ChangeKey(kind, "a"),
        ChangeRecord.newBuilder().setCauses(List.of(cause)).setPools(List.of(pools)).build());
  }

  private static final EventSubject HOST =
      change(ChangeKey.Kind.HOST, ChangeCause.DRIVER_UPGRADE, "gold");
  private static final EventSubject CAPACITY =
      change(ChangeKey.Kind.CAPACITY, ChangeCause.CAPACITY_CHANGED, "gold");
  private static final EventSubject BEGAN =
      change(ChangeKey.Kind.HISTORY, ChangeCause.HISTORY_BEGAN);

  private static boolean matches(
      EventSubject subject, Set<WatchKind> kinds, Optional<String> pool, ChangeCause... causes) {
    ChangeFilter changes =
        new ChangeFilter(Optional.empty(), pool, Optional.empty(), Set.of(causes));
    return new WatchFilter(kinds, changes).matches(subject);
  }

  @Test
  void housekeepingIsToldWhereItsCauseOrItsKindIsNamed() {
    assertThat(matches(HOST, Set.of(), Optional.empty())).isTrue();
    assertThat(matches(CAPACITY, Set.of(), Optional.empty())).isFalse();
    assertThat(matches(CAPACITY, Set.of(WatchKind.CAPACITY), Optional.empty())).isTrue();
    assertThat(matches(CAPACITY, Set.of(), Optional.empty(), ChangeCause.CAPACITY_CHANGED))
        .isTrue();
    assertThat(matches(BEGAN, Set.of(), Optional.empty())).isFalse();
    assertThat(matches(BEGAN, Set.of(), Optional.empty(), ChangeCause.HISTORY_BEGAN)).isTrue();
  }

  @Test
  void allThatIsNamedMustHold() {
    Set<WatchKind> host = Set.of(WatchKind.HOST, WatchKind.POOL);
    assertThat(matches(HOST, host, Optional.of("gold"))).isTrue();
    assertThat(matches(HOST, host, Optional.of("silver"))).isFalse();
    assertThat(matches(CAPACITY, host, Optional.of("gold"))).isFalse();
    assertThat(matches(HOST, host, Optional.of("gold"), ChangeCause.DRIVER_UPGRADE)).isTrue();
    assertThat(matches(HOST, host, Optional.of("gold"), ChangeCause.HOST_STALE)).isFalse();
  }

  @Test
  void aRenamingIsOfBothNames() {
    EventSubject renamed =
        new EventSubject.Change(
            new ChangeKey(ChangeKey.Kind.HOST, "new"),
            ChangeRecord.newBuilder()
                .setCauses(List.of(ChangeCause.HOST_APPEARED, ChangeCause.HOST_RENAMED))
                .setValues(List.of(new ChangedValue("host", "old", "new")))
                .build());
    for (String host : List.of("old", "new")) {
      assertThat(ofHost(host, renamed)).as(host).isTrue();
    }
    assertThat(ofHost("other", renamed)).isFalse();
    assertThat(ofHost("a", HOST)).isTrue();
  }

  private static boolean ofHost(String host, EventSubject subject) {
    ChangeFilter changes =
        new ChangeFilter(Optional.of(host), Optional.empty(), Optional.empty(), Set.of());
    return new WatchFilter(Set.of(), changes).matches(subject);
  }

  @Test
  void alertsAreAboutPools() {
    EventSubject alert = new EventSubject.Alert(new AlertKey("Stranded", "gold"));
    assertThat(matches(alert, Set.of(), Optional.empty())).isTrue();
    assertThat(matches(alert, Set.of(WatchKind.ALERT), Optional.of("gold"))).isTrue();
    assertThat(matches(alert, Set.of(WatchKind.ALERT), Optional.of("silver"))).isFalse();
    assertThat(matches(alert, Set.of(WatchKind.POOL), Optional.empty())).isFalse();
    assertThat(matches(alert, Set.of(), Optional.empty(), ChangeCause.HOST_STALE)).isFalse();
  }
}
