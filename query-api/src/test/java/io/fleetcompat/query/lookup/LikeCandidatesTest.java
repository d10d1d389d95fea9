package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.BestEndpoint.Result;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostExtent;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without a verdict, only what is of the source's kind, vendor and type is a candidate. */
class LikeCandidatesTest {

  private static final Profile VIRTIO =
      profile(EndpointKind.VIRTIO_DEVICE, "", Map.of("device", "0x0001"), "0x1af4", "virtio-pci");
  private static final Profile MDEV_4Q = mdev("nvidia-745", "NVIDIA A2-4Q");
  private static final Profile MDEV_8Q = mdev("nvidia-746", "NVIDIA A2-8Q");
  private static final Profile VF_1B = vgpu("NVIDIA A2-1B");
  private static final Profile VF_4Q = vgpu("NVIDIA A2-4Q");

  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
  private final ViewEdit edit = new ViewEdit(IndexView.empty());
  private IndexView view = IndexView.empty();

  /** No pair is judged: every verdict is UNKNOWN. */
  @BeforeEach
  void fleet() throws BadRecordException {
    int number = 0;
    for (Profile profile : List.of(VIRTIO, MDEV_4Q, MDEV_8Q, VF_1B, VF_4Q)) {
      ProfileRecord record = new ProfileRecord(number++, profile.canonical(), Instant.EPOCH);
      edit.replay(IndexChange.profile(profile.fingerprint(), record));
    }
    place("a", Map.of(), Map.of("0000:09:00.4/nvidia-745", MDEV_4Q));
    place(
        "moved",
        Map.of(),
        Map.of(
            "0000:09:00.4/NVIDIA%20A2-1B", VF_1B,
            "0000:09:00.4/NVIDIA%20A2-4Q", VF_4Q,
            "virtio0", VIRTIO));
    place(
        "cut",
        Map.of("0000:09:00.4", "the list fills its page"),
        Map.of("0000:09:00.4/NVIDIA%20A2-1B", VF_1B));
    place(
        "same",
        Map.of(),
        Map.of(
            "0000:09:00.4/nvidia-745", MDEV_4Q,
            "0000:09:00.4/nvidia-746", MDEV_8Q,
            "virtio0", VIRTIO));
    view = edit.commit();
  }

  @Test
  void anEndpointOfThatKindVendorAndTypeStandsForItsHost() {
    assertThat(find("a", "same"))
        .isEqualTo(new Result.Best(endpoint("same", "0000:09:00.4/nvidia-745")));
  }

  @Test
  void aHostWithNothingLikeItSaysWhatItOffersInstead() {
    assertThat(find("a", "moved")).isEqualTo(new Result.NotOffered("moved"));
    Verdict verdict = NotOffered.verdict(view, source("a"), host("moved"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    Reason reason = verdict.reasons().getFirst();
    assertThat(reason.rule()).isEqualTo(FixedRule.DEVICE_KIND);
    assertThat(reason.detail())
        .isEqualTo(
            "moved does not offer nvidia-745 as an mdev type;"
                + " it offers NVIDIA A2-1B, A2-4Q as vendor VFIO types");
  }

  @Test
  void whereAListMayBeAPartOfOneNobodyKnows() {
    assertThat(find("moved", "cut"))
        .isEqualTo(new Result.Best(endpoint("cut", "0000:09:00.4/NVIDIA%20A2-1B")));
    Verdict verdict = NotOffered.verdict(view, source("a"), host("cut"));
    assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(verdict.reasons().getFirst().detail()).contains("the list fills its page");
    assertThat(Found.find(view, EndpointReference.parse("cut/0000:09:00.4/NVIDIA%20A2-4Q")))
        .isInstanceOfSatisfying(
            Found.NoEndpoint.class, missing -> assertThat(missing.hidden()).isPresent());
    assertThat(Found.find(view, EndpointReference.parse("moved/0000:09:00.4/NVIDIA%20A2-8Q")))
        .isInstanceOfSatisfying(
            Found.NoEndpoint.class, missing -> assertThat(missing.hidden()).isEmpty());
  }

  @Test
  void othersAreNoDestinationsEvenWhereUnknownOnesAreAskedFor() {
    SourceRanking ranking = verdicts.ranking(ViewOverrides.of(view, 0), source("a"), Deadline.NONE);
    assertThat(ranking.groups()).hasSize(1);
    assertThat(ranking.groups().getFirst().slots().everywhere())
        .containsExactly(source("a").slot());
    assertThat(ranking.unlike().size()).isEqualTo(4);
  }

  private Result find(String from, String to) {
    return new BestEndpoint(verdicts, new PastSightings(0))
        .find(ViewOverrides.of(view, 0), source(from), to);
  }

  private IndexedEndpoint source(String name) {
    return IndexedEndpoint.of(host(name), 0);
  }

  private IndexedEndpoint endpoint(String host, String name) {
    return IndexedEndpoint.of(host(host), host(host).placed().endpoints().find(name));
  }

  private Host host(String name) {
    return Objects.requireNonNull(view.fleet().find(name));
  }

  private void place(String host, Map<String, String> incomplete, Map<String, Profile> endpoints)
      throws BadRecordException {
    List<Profile> profiles =
        endpoints.values().stream()
            .distinct()
            .sorted(Comparator.comparing(p -> p.fingerprint().toString()))
            .toList();
    Placement placement =
        new Placement(
            host,
            1L,
            1L,
            Instant.EPOCH,
            Map.of(),
            null,
            Liveness.FRESH,
            0,
            0L,
            profiles.stream().map(p -> new FingerprintBytes(p.fingerprint().bytes())).toList(),
            new TreeMap<>(endpoints)
                .entrySet().stream()
                    .map(
                        e ->
                            new PlacedEndpoint(
                                e.getKey(),
                                e.getKey().contains("/")
                                    ? EndpointEntryKind.NVIDIA_TYPE
                                    : EndpointEntryKind.VIRTIO_DEVICE,
                                profiles.indexOf(e.getValue()),
                                Map.of()))
                    .toList(),
            List.of(),
            -1,
            List.of(),
            new HostExtent(incomplete, 0, Map.of()),
            List.of(),
            Map.of(),
            null,
            null,
            null,
            List.of(),
            List.of());
    edit.replay(IndexChange.placed(host, placement));
  }

  private static Profile mdev(String id, String name) {
    return profile(EndpointKind.MDEV_TYPE, id, Map.of("name", name), "0x10de", "nvidia");
  }

  private static Profile vgpu(String name) {
    return profile(EndpointKind.NVIDIA_TYPE, "", Map.of("name", name), "0x10de", "nvidia");
  }

  private static Profile profile(
      EndpointKind kind, String mdevType, Map<String, String> own, String vendor, String driver) {
    return Profile.of(
        new Endpoint(
            EndpointName.device("d"),
            kind,
            Optional.of(mdevType).filter(id -> !id.isEmpty()),
            texts(own),
            Attributes.NONE,
            texts(Map.of("vendor", vendor, "device", "0x25b6", "driver", driver))));
  }

  private static Attributes texts(Map<String, String> values) {
    TreeMap<String, Attribute> attributes = new TreeMap<>();
    values.forEach((path, text) -> attributes.put(path, new Attribute.Text(text)));
    return Attributes.of(attributes);
  }
}
