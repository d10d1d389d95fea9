package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Profiles.MatrixLine;
import io.fleetcompat.query.lookup.Profiles.Page;
import io.fleetcompat.query.lookup.Profiles.Position;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.testing.IndexedFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of profiles and of the matrix. */
class ProfilesTest {

  private static final int PROFILES = 40;

  private final IndexedFleet fleet = new IndexedFleet(11, 4, PROFILES, 2);

  private interface Question {
    Page<Fingerprint> ask(IndexView view, Optional<Position> after);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, PROFILES, 1000})
  void pagesOfReplicasThatReadTheTopicsInAnotherOrderFitTogether(int limit)
      throws BadRecordException {
    int[] order = IntStream.range(0, PROFILES).map(n -> n * 7 % PROFILES).toArray();
    List<IndexView> replicas =
        List.of(FilledView.of(fleet).view(), FilledView.of(fleet, order).view());
    List<Fingerprint> all = fleet.profiles().stream().map(Profile::fingerprint).toList();
    assertThat(pages(replicas, (view, after) -> profiles(view, after, limit))).isEqualTo(all);
    assertThat(pages(replicas, (view, after) -> rows(view, after, limit))).isEqualTo(all);
  }

  @Test
  void twoProfilesOfOneNumberAreBothListed() throws BadRecordException {
    ProfileRecord again = ProfileRecord.newBuilder(fleet.profileRecord(3)).setNumber(5).build();
    Fingerprint id = fleet.profiles().get(3).fingerprint();
    IndexView view = FilledView.of(fleet).with(IndexChange.profile(id, again)).view();
    assertThat(pages(List.of(view), (v, after) -> profiles(v, after, 1)))
        .containsExactlyInAnyOrderElementsOf(
            fleet.profiles().stream().map(Profile::fingerprint).toList());
  }

  /** All pages, each asked of the next replica. */
  private static List<Fingerprint> pages(List<IndexView> replicas, Question question) {
    List<Fingerprint> found = new ArrayList<>();
    Optional<Position> after = Optional.empty();
    int asked = 0;
    do {
      Page<Fingerprint> page = question.ask(replicas.get(asked % replicas.size()), after);
      found.addAll(page.found());
      after = page.last();
      asked++;
    } while (after.isPresent() && asked <= 2 * PROFILES);
    return found;
  }

  private static Page<Fingerprint> profiles(IndexView view, Optional<Position> after, int limit) {
    var page = Profiles.list(view, after, limit, Deadline.NONE);
    return new Page<>(
        page.found().stream().map(found -> found.profile().fingerprint()).toList(), page.last());
  }

  private static Page<Fingerprint> rows(IndexView view, Optional<Position> after, int limit) {
    var page =
        Profiles.lines(
            ViewOverrides.of(view, 0),
            new PairVerdicts<>(WrittenVerdict.FORM),
            after,
            limit,
            Deadline.NONE);
    return new Page<>(page.found().stream().map(MatrixLine::source).toList(), page.last());
  }
}
