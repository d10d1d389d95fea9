package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.MdevTypeList;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Checks.Pair;
import io.fleetcompat.query.lookup.Checks.Result;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts and endpoints by whatever people call them. */
class SpelledReferencesTest {

  private static final String UUID = "0b5fd3fb-2389-4a22-ba70-52969a26b9d5";
  private static final Profile PROFILE_2Q = type("nvidia-591", "NVIDIA A10-2Q");
  private static final Profile PROFILE_6Q = type("nvidia-594", "NVIDIA A10-6Q");

  private final IndexedFleet fleet = new IndexedFleet(5, 1, 20, 0);
  private final ViewEdit edit = new ViewEdit(IndexView.empty());
  private IndexView view = IndexView.empty();

  @BeforeEach
  void fill() throws BadRecordException {
    int number = 0;
    for (Profile profile : List.of(PROFILE_2Q, PROFILE_6Q)) {
      ProfileRecord record = new ProfileRecord(number++, profile.canonical(), Instant.EPOCH);
      edit.replay(IndexChange.profile(profile.fingerprint(), record));
    }
    String[] endpoints = {
      UUID,
      "0000:d8:00.6/nvidia-591",
      "0000:d8:00.6/nvidia-594",
      "0000:d8:00.7/nvidia-594",
      "0001:d8:00.7/nvidia-594"
    };
    place("hv7.rack2.example", List.of(), endpoints);
    place("HV8.rack2.example", List.of(), endpoints);
    place("twin.rack1", List.of(), endpoints);
    place("twin.rack2", List.of(), endpoints);
    place("emptied", List.of(problem("0000:d8:00.0")));
    view = edit.commit();
  }

  @ParameterizedTest
  @CsvSource({
    "hv7/" + UUID + ", hv7.rack2.example/" + UUID,
    "HV7.rack2/0B5FD3FB-2389-4A22-BA70-52969A26B9D5, hv7.rack2.example/" + UUID,
    "hv8/mdev_0b5fd3fb_2389_4a22_ba70_52969a26b9d5_0000_d8_00_6, HV8.rack2.example/" + UUID,
    "hv8.RACK2.example/d8:00.6/nvidia-594, HV8.rack2.example/0000:d8:00.6/nvidia-594",
    "hv7/0000:d8:00.6/NVIDIA A10-6Q, hv7.rack2.example/0000:d8:00.6/nvidia-594",
    "hv7/0000:d8:00.6/A10-2Q, hv7.rack2.example/0000:d8:00.6/nvidia-591",
    "hv7/pci_0000_d8_00_0, hv7.rack2.example/0000:d8:00.0",
    "hv7/00000000:D8:00.0, hv7.rack2.example/0000:d8:00.0",
    "hv7//sys/bus/pci/devices/0000:d8:00.0, hv7.rack2.example/0000:d8:00.0",
    "hv7/sys/bus/mdev/devices/" + UUID + ", hv7.rack2.example/" + UUID
  })
  void whatIsUnambiguousIsFound(String asked, String reference) {
    EndpointReference parsed = EndpointReference.parse(asked);
    assertThat(Found.find(view, parsed))
        .isInstanceOfSatisfying(
            Found.Endpoint.class,
            found -> {
              assertThat(found.endpoint().reference()).isEqualTo(reference);
              assertThat(found.endpoint().spelledAs(parsed)).isEqualTo(reference);
            });
  }

  @Test
  void anExactNameIsToldAsItWasAsked() {
    String text = "hv7.rack2.example/0000:d8:00.6/nvidia-594";
    EndpointReference parsed = EndpointReference.parse(text);
    assertThat(((Found.Endpoint) Found.find(view, parsed)).endpoint().spelledAs(parsed))
        .isSameAs(parsed.spelled());
  }

  @Test
  void whatMayBeSeveralIsNone() {
    assertThat(find("twin/" + UUID))
        .isEqualTo(new Found.Ambiguous("twin", List.of("twin.rack1", "twin.rack2")));
    assertThat(find("hv7/d8:00.7/nvidia-594"))
        .isEqualTo(
            new Found.Ambiguous(
                "d8:00.7/nvidia-594",
                List.of(
                    "hv7.rack2.example/0000:d8:00.7/nvidia-594",
                    "hv7.rack2.example/0001:d8:00.7/nvidia-594")));
  }

  @Test
  void aNameThatIsWholeIsNeverAnother() throws BadRecordException {
    place("twin", List.of(), "virtio0");
    view = edit.commit();
    assertThat(find("twin/virtio0")).isInstanceOf(Found.Endpoint.class);
    assertThat(find("twin/" + UUID)).isInstanceOf(Found.NoEndpoint.class);
    assertThat(find("hv7.other.example/" + UUID)).isEqualTo(new Found.NoHost("hv7.other.example"));
  }

  @Test
  void aHostThatHasLeftIsNobodysSpelling() {
    edit.replay(new IndexChange.HostUnplaced("twin.rack1"));
    view = edit.commit();
    assertThat(find("twin/" + UUID))
        .isInstanceOfSatisfying(
            Found.Endpoint.class,
            found -> assertThat(found.endpoint().hostName()).isEqualTo("twin.rack2"));
  }

  @ParameterizedTest
  @CsvSource({
    "hv9/virtio0, HV8.rack2.example hv7.rack2.example",
    "hv7.rack2.exmple/virtio0, hv7.rack2.example HV8.rack2.example",
    "hv7.other.example/virtio0, hv7.rack2.example HV8.rack2.example",
    "hv7/d8:00.6/nvidia-954, "
        + "hv7.rack2.example/0000:d8:00.6/nvidia-594 hv7.rack2.example/0000:d8:00.6/nvidia-591"
        + " hv7.rack2.example/0000:d8:00.7/nvidia-594",
    "hv7/0b5fd3fb-2389-4a22-ba70-52969a26b9d6, hv7.rack2.example/" + UUID,
    "nothing-like-it/virtio0, ''"
  })
  void theNearestNamesAreSuggested(String asked, String names) {
    List<String> suggested = Suggestions.of(view, find(asked));
    assertThat(suggested)
        .startsWith(
            Stream.of(names.split(" ", -1)).filter(n -> !n.isEmpty()).toArray(String[]::new));
    assertThat(suggested.size()).isLessThanOrEqualTo(3);
    if (names.isEmpty()) {
      assertThat(suggested).isEmpty();
    }
  }

  @Test
  void ofManyPairsTheFirstFiveMissesAreSuggestedFor() {
    PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
    Checks<WrittenVerdict> checks = new Checks<>(verdicts, new PastSightings(0));
    EndpointReference there = EndpointReference.parse("hv7/" + UUID);
    EndpointReference missing = EndpointReference.parse("hv9/" + UUID);
    List<Result<WrittenVerdict>> results =
        checks.check(
            view,
            Stream.concat(
                    Stream.of(new Pair(there, there)),
                    Collections.nCopies(7, new Pair(there, missing)).stream())
                .toList(),
            Deadline.NONE);
    assertThat(results.getFirst()).isInstanceOf(Result.Checked.class);
    assertThat(results.subList(1, 8))
        .extracting(each -> words(each).contains("did you mean HV8.rack2.example"))
        .containsExactly(true, true, true, true, true, false, false);
  }

  private static String words(Result<WrittenVerdict> result) {
    return result instanceof Result.NotIndexed<WrittenVerdict> missing
        ? new String(bytes(missing), StandardCharsets.UTF_8)
        : "";
  }

  private static byte[] bytes(Result.NotIndexed<WrittenVerdict> missing) {
    JsonBytes json = new JsonBytes().open();
    missing.verdict().form().writeMembers(json, Map.of());
    return json.close().toBytes();
  }

  @Test
  void aTypeThatADeviceDoesNotOfferIsANoThatNamesTheDevice() {
    Verdict verdict = byParent("hv8/d8:00.6/nvidia-600").orElseThrow();
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(verdict.reasons().getFirst().rule()).isEqualTo(FixedRule.TYPE_NAME);
    assertThat(verdict.reasons().getFirst().detail())
        .isEqualTo(
            "0000:d8:00.6 of HV8.rack2.example does not offer nvidia-600;"
                + " it offers nvidia-591, nvidia-594");
    assertThat(byParent("hv7/d8:00.6/nvidia-600").orElseThrow().reasons().getFirst().detail())
        .contains("of hv7.rack2.example, the source's own host, does not offer");
    assertThat(byParent("hv8/0000:d8:01.6/nvidia-594")).as("no such device").isEmpty();
  }

  @Test
  void aDeviceWhoseListIsEmptyIsNamed() {
    Verdict asked = byParent("emptied/0000:d8:00.0/nvidia-594").orElseThrow();
    assertThat(asked.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(asked.reasons().getFirst().detail())
        .isEqualTo(
            "0000:d8:00.0 of emptied does not offer nvidia-594; it offers no types;"
                + " the mdev_supported_types of 0000:d8:00.0 is empty");
    Verdict host =
        NotOffered.verdict(view, source(), Objects.requireNonNull(view.fleet().find("emptied")));
    assertThat(host.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(host.reasons().getFirst().detail())
        .startsWith("emptied does not offer")
        .endsWith("the mdev_supported_types of 0000:d8:00.0 is empty");
  }

  private Optional<Verdict> byParent(String asked) {
    return NotOffered.byParent(view, source(), (Found.NoEndpoint) find(asked));
  }

  private IndexedEndpoint source() {
    return ((Found.Endpoint) find("hv7.rack2.example/" + UUID)).endpoint();
  }

  private Found find(String asked) {
    return Found.find(view, EndpointReference.parse(asked));
  }

  private static ProblemEntry problem(String parent) {
    return new ProblemEntry(
        "devices/pci0000:d7/" + parent + "/" + MdevTypeList.DIRECTORY,
        "malformed",
        MdevTypeList.EMPTY);
  }

  private void place(String host, List<ProblemEntry> problems, String... names)
      throws BadRecordException {
    List<String> sorted = Stream.of(names).sorted().toList();
    List<Profile> profiles =
        Stream.of(PROFILE_2Q, PROFILE_6Q)
            .sorted(Comparator.comparing(profile -> profile.fingerprint().toString()))
            .toList();
    List<PlacedEndpoint> endpoints =
        IntStream.range(0, sorted.size())
            .mapToObj(
                i ->
                    new PlacedEndpoint(
                        sorted.get(i),
                        sorted.get(i).contains("/")
                            ? EndpointEntryKind.MDEV_TYPE
                            : EndpointEntryKind.MDEV_DEVICE,
                        profiles.indexOf(
                            sorted.get(i).endsWith("nvidia-591") ? PROFILE_2Q : PROFILE_6Q),
                        Map.of()))
            .toList();
    Placement placement =
        Placement.newBuilder(fleet.placement(0, 1))
            .setHost(host)
            .setProfiles(
                profiles.stream()
                    .map(profile -> new FingerprintBytes(profile.fingerprint().bytes()))
                    .toList())
            .setEndpoints(endpoints)
            .setFunctions(List.of("0000:d8:00.0"))
            .setFunctionProfile(1)
            .setProblems(problems)
            .build();
    edit.replay(IndexChange.placed(host, placement));
  }

  private static Profile type(String id, String name) {
    return Profile.of(
        new Endpoint(
            EndpointName.device("d"),
            EndpointKind.MDEV_TYPE,
            Optional.of(id),
            Attributes.of(Map.of("name", new Attribute.Text(name))),
            Attributes.NONE,
            Attributes.of(
                Map.of(
                    "vendor", new Attribute.Text("0x10de"),
                    "device", new Attribute.Text("0x2236"),
                    "driver", new Attribute.Text("nvidia")))));
  }
}
