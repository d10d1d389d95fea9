package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.HypotheticalViewBuilder.TooManyProfilesException;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hypothetical view leaves nothing behind in what all views share. */
class HypotheticalViewBuilderTest {

  private static final int HOSTS = 12;
  private static final int PROFILES = 24;

  private final IndexedFleet fleet = new IndexedFleet(3, 3, PROFILES, 3);
  private final DescribedView words = new DescribedView(fleet, 3);
  private final IndexView now;

  HypotheticalViewBuilderTest() throws BadRecordException {
    now = FilledView.of(fleet).withHosts(HOSTS).withCapacities(HOSTS).view();
  }

  private Profile invented(int version) {
    return EditedProfile.of(
        fleet.profiles().getFirst(),
        Map.of("software_version", new Attribute.Text("7." + version + ".0")));
  }

  private Host host(int n) {
    return Objects.requireNonNull(now.fleet().find(IndexedFleet.host(n)));
  }

  @Test
  void namesThatAreInventedAreInNoOtherView() {
    List<String> before = words.describe(now);
    int profiles = now.matrix().ids().size();
    int hosts = now.fleet().names().hosts().size();
    HypotheticalViewBuilder builder =
        new HypotheticalViewBuilder(now, Set.of("pool-0", "new"), true);
    int slot = builder.slot(invented(1));
    builder.change(host(0), _ -> slot, Optional.of("7.0.0"));
    builder.add("a-first", host(0), Optional.of("new"));
    builder.add("host-000003.zzz", host(3), Optional.of("pool-0"));
    builder.remove(host(6));
    IndexView then = builder.build(() -> {});
    assertThat(names(then.fleet().members().byName(), then))
        .startsWith("a-first")
        .contains("host-000003.zzz")
        .doesNotContain(IndexedFleet.host(6))
        .isSorted();
    assertThat(then.fleet().pools().get("new")).isNotNull();
    assertThat(then.matrix().profile(slot)).isNotNull();
    assertThat(now.matrix().ids().size()).isEqualTo(profiles);
    assertThat(now.fleet().names().hosts().size()).isEqualTo(hosts);
    assertThat(now.fleet().names().hosts().find("a-first")).isNegative();
    assertThat(now.fleet().names().pools().find("new")).isNegative();
    assertThat(words.describe(now)).isEqualTo(before);
  }

  private static List<String> names(OrderedKeys keys, IndexView view) {
    List<String> names = new ArrayList<>();
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); ) {
      names.add(view.fleet().hostOf(walk.next()).name());
    }
    return names;
  }

  @Test
  void aProfileThatSomebodyHasIsThatOne() {
    HypotheticalViewBuilder builder = new HypotheticalViewBuilder(now, Set.of(), false);
    assertThat(builder.slot(fleet.profiles().get(5)))
        .isEqualTo(now.matrix().slot(fleet.profiles().get(5).fingerprint()));
    assertThat(builder.invented().isEmpty()).isTrue();
  }

  @Test
  void profilesAreBounded() {
    HypotheticalViewBuilder builder = new HypotheticalViewBuilder(now, Set.of(), false);
    for (int n = 0; n < HypotheticalViewBuilder.MAX_PROFILES; n++) {
      builder.slot(invented(n));
    }
    int more = HypotheticalViewBuilder.MAX_PROFILES;
    assertThatThrownBy(() -> builder.slot(invented(more)))
        .isInstanceOf(TooManyProfilesException.class);
  }
}
