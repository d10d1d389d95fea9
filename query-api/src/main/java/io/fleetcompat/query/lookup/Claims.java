package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.claim.Claim;
import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.compatibility.claim.ClaimCheck.Finding;
import io.fleetcompat.compatibility.judge.Migratability;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Judgement;
import io.fleetcompat.query.replica.MatrixImage;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The claims about devices, compared with what their drivers show by the rules that answers are by.
 */
public final class Claims {

  private static final Migratability NO_CONTENT =
      new Migratability(
          Migratability.Shown.UNKNOWN, "the content of its profile is not in the index yet");

  private static final Migratability NO_RULES =
      new Migratability(
          Migratability.Shown.UNKNOWN, "the index has no rules, or others than this process has");

  private Claims() {}

  /** A claim about an endpoint of a host, beside what its driver shows. */
  public record CheckedClaim(String endpoint, ClaimCheck check) {}

  /** All claims about devices of a host, by name. */
  static List<CheckedClaim> of(IndexView view, Host host) {
    List<CheckedClaim> claims = new ArrayList<>();
    host.placed()
        .claims()
        .forEach(
            (index, claim) -> {
              IndexedEndpoint endpoint = IndexedEndpoint.of(host, index);
              Migratability shown = shown(view.matrix(), endpoint.slot());
              claims.add(new CheckedClaim(endpoint.name(), new ClaimCheck(claim, shown)));
            });
    return claims;
  }

  /**
   * The number of devices whose drivers show the contrary of what is declared. It costs a look at
   * each profile of which something is declared, whatever the number of hosts.
   */
  public static int contradicted(IndexView view) {
    int[] contradicted = {0};
    view.fleet()
        .claims()
        .bySlot()
        .forEach(
            (slot, count) -> {
              Migratability shown = shown(view.matrix(), slot);
              for (Claim claim : Claim.values()) {
                if (new ClaimCheck(claim, shown).finding() == Finding.CONTRADICTED) {
                  contradicted[0] += count.of(claim);
                }
              }
            });
    return contradicted[0];
  }

  private static Migratability shown(MatrixImage matrix, int slot) {
    ProfileEntry entry = matrix.profile(slot);
    if (entry == null) {
      return NO_CONTENT;
    }
    return matrix.judgement() instanceof Judgement.Known rules
        ? rules.judge().migratability(entry.profile())
        : NO_RULES;
  }
}
