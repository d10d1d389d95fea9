package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A view in words, without the numbers that replicas give: what follows from its records, and no
 * more.
 *
 * @param fleet whose profiles its records have
 * @param pools how many pools it may have the health of
 */
record DescribedView(IndexedFleet fleet, int pools) {

  static ProbePair pair(IndexedFleet fleet, int profile) {
    Fingerprint of = fleet.profiles().get(profile).fingerprint();
    return new ProbePair(of, fleet.profiles().getFirst().fingerprint());
  }

  List<String> describe(IndexView view) {
    List<String> lines = new ArrayList<>();
    MatrixImage matrix = view.matrix();
    lines.add(view.overrides().all().toString());
    lines.add(view.overrides().inForce(Instant.EPOCH).all().toString());
    lines.add(view.ruleSet() + " " + matrix.profileCount() + " " + view.fleet().endpoints());
    for (int n = 0; n < pools; n++) {
      lines.add(view.health().find("pool-" + n).toString());
      lines.add(matrix.answers().find(pair(fleet, n)) + " " + view.probes().find(pair(fleet, n)));
    }
    for (Profile from : fleet.profiles()) {
      for (Profile to : fleet.profiles()) {
        int source = matrix.slot(from.fingerprint());
        int destination = matrix.slot(to.fingerprint());
        lines.add(
            source < 0 || destination < 0
                ? "NOT_INDEXED " + Asked.NOBODY
                : matrix.cell(source, destination) + " " + view.asked(source, destination));
      }
    }
    describe("fleet", view.fleet().members(), view, lines);
    view.fleet().pools().forEach((pool, members) -> describe(pool, members, view, lines));
    return lines;
  }

  private static void describe(
      String scope, Membership members, IndexView view, List<String> lines) {
    lines.add(scope + " has " + members.size() + " hosts: " + names(members.byName(), view));
    TreeSet<String> profiles = new TreeSet<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      ProfileEndpoints of = members.endpoints(slot);
      if (!of.isEmpty()) {
        profiles.add(
            "%s %s of %d hosts: %s %s"
                .formatted(
                    scope,
                    view.matrix().fingerprint(slot),
                    of.hosts(),
                    names(of.placedFresh(), view),
                    names(of.placedQuiet(), view)));
      }
    }
    lines.addAll(profiles);
  }

  private static List<String> names(OrderedKeys keys, IndexView view) {
    List<String> names = new ArrayList<>();
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); ) {
      long key = walk.next();
      Host host = view.fleet().hostOf(key);
      String endpoint = host.placed().endpoints().name(CandidateKey.index(key));
      names.add(host.name() + "/" + endpoint + "=" + host.capacities().of(endpoint));
    }
    return names;
  }
}
