package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.BestEndpoint.Result;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ExtentRecord;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** The endpoint that stands for a host which alone is named. */
class BestEndpointTest {

  @Test
  void whereNothingOfAHostFitsTheOneThatDiffersLeastIsShown() throws BadRecordException {
    Profile source = type("1.5.0");
    Profile older = type("1.3.0");
    Profile function = profile(EndpointKind.PCI_FUNCTION, "0000:00:00.0", Map.of());
    List<Profile> profiles = List.of(source, older, function);
    IndexedFleet fleet = new IndexedFleet(11, 4, 40, 2);
    ViewEdit edit = new ViewEdit(IndexView.empty());
    for (int n = 0; n < profiles.size(); n++) {
      Fingerprint id = profiles.get(n).fingerprint();
      ProfileRecord profile = new ProfileRecord(n, profiles.get(n).canonical(), Instant.EPOCH);
      edit.replay(IndexChange.profile(id, profile));
      MatrixRow row = new MatrixRow(n, none(), none(), none(), none());
      edit.replay(IndexChange.row(fleet.rules(), id, row));
    }
    edit.replay(IndexChange.rules(fleet.rules(), fleet.rulesRecord()));
    edit.replay(IndexChange.generation(fleet.rules(), fleet.generation(profiles.size())));
    edit.replay(IndexChange.inForce(fleet.inForce()));
    edit.replay(IndexChange.placed("a", placement("a", List.of(source), "0000:00:01.0/t")));
    Placement b = placement("b", List.of(function, older), "0000:00:00.0", "0000:00:01.0/t");
    edit.replay(IndexChange.placed("b", b));
    IndexView small = edit.commit();
    IndexedEndpoint from = IndexedEndpoint.of(Objects.requireNonNull(small.fleet().find("a")), 0);
    PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
    ViewOverrides overrides = ViewOverrides.of(small, 0);
    BestEndpoint bestEndpoint = new BestEndpoint(verdicts, new PastSightings(0));
    IndexedEndpoint best = ((Result.Best) bestEndpoint.find(overrides, from, "b")).endpoint();
    assertThat(best.name()).isEqualTo("0000:00:01.0/t");
    assertThat(verdicts.judge(small, from.slot(), best.slot()).verdict().reasons())
        .extracting(Reason::rule)
        .containsExactly(FixedRule.SOFTWARE_VERSION);
    assertThat(bestEndpoint.find(overrides, from, "a"))
        .as("it has the source alone")
        .isEqualTo(new Result.NoEndpoints("a"));
    assertThat(bestEndpoint.find(overrides, from, "c")).isEqualTo(new Result.NoHost("c"));
  }

  private static Profile type(String version) {
    return profile(
        EndpointKind.MDEV_TYPE,
        "t",
        Map.of(
            "device_api", new Attribute.Text("vfio-pci"),
            "software_version", new Attribute.Text(version)));
  }

  private static Profile profile(EndpointKind kind, String name, Map<String, Attribute> own) {
    return Profile.of(
        new Endpoint(
            EndpointName.device(name),
            kind,
            kind.isType() ? Optional.of(name) : Optional.empty(),
            Attributes.of(own),
            Attributes.NONE,
            Attributes.NONE));
  }

  private static Placement placement(String host, List<Profile> profiles, String... endpoints) {
    return new Placement(
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
        IntStream.range(0, endpoints.length)
            .mapToObj(
                i -> new PlacedEndpoint(endpoints[i], EndpointEntryKind.MDEV_TYPE, i, Map.of()))
            .toList(),
        List.of(),
        -1,
        List.of(),
        ExtentRecord.whole(),
        List.of(),
        Map.of(),
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private static ByteBuffer none() {
    RoaringBitmap empty = new RoaringBitmap();
    ByteBuffer bytes = ByteBuffer.allocate(empty.serializedSizeInBytes());
    empty.serialize(bytes);
    return bytes.flip();
  }
}
