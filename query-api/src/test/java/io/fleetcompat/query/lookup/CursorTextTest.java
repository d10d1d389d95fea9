package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.lookup.SourceRanking.Standing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CursorTextTest {

  @Test
  void theLongestCursorThatCanBeGivenIsAccepted() {
    String part = "語".repeat(EndpointName.MAX_PART);
    Rank rank = new Rank(Long.MAX_VALUE, false, Long.MAX_VALUE, Integer.MAX_VALUE);
    String endpoint = EndpointName.type(part, part).toString();
    Standing standing = new Standing(Outcome.INCOMPATIBLE, true, Optional.of(rank));
    Cursor longest = new Cursor(standing, Long.MAX_VALUE, part, endpoint);
    assertThat(Cursor.parse(longest.encode())).usingRecursiveComparison().isEqualTo(longest);
  }

  @Test
  void aLongerOneIsRefusedUnread() {
    String tooLong = "A".repeat(CursorText.MAX_LENGTH + 1);
    assertThatThrownBy(() -> CursorText.decode(tooLong)).hasMessageContaining("at most");
  }
}
