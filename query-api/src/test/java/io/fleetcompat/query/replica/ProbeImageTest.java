package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.judge.ProbeProgress;
import io.fleetcompat.compatibility.judge.ProbeProgress.Probers;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.query.replica.IndexChange.HostProbesNot;
import io.fleetcompat.query.replica.IndexChange.PairProbed;
import io.fleetcompat.query.replica.IndexChange.PairUnprobed;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProberEndpoint;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The hosts to ask about a pair, and those that were asked in vain, as a view has them. */
class ProbeImageTest {

  private static final InconclusiveAnswer IN_VAIN =
      new InconclusiveAnswer("d1", "p/t", "2026-11-26T00:00:00Z", "ETIMEDOUT", "");

  private final Profile source = profile("v1", "0x8086", Map.of());
  private final Profile destination = profile("v2", "0x8086", Map.of());

  /** Of the destination's class: what differs has no part in questions to drivers. */
  private final Profile sibling = profile("v2", "0x8086", Map.of("software_version", "1.0.0"));

  private final Profile other = profile("v2", "0x10de", Map.of());

  private final ViewEdit edit = new ViewEdit(IndexView.empty());

  private static Profile profile(String version, String vendor, Map<String, String> more) {
    Map<String, Attribute> own = new TreeMap<>();
    own.put("migration_version", new Attribute.Text(version));
    more.forEach((name, text) -> own.put(name, new Attribute.Text(text)));
    return Profile.of(
        new Endpoint(
            EndpointName.type("p", "t"),
            EndpointKind.MDEV_TYPE,
            Optional.of("t"),
            Attributes.of(own),
            Attributes.NONE,
            Attributes.of(Map.of("vendor", new Attribute.Text(vendor)))));
  }

  private void know(int number, Profile profile) throws BadRecordException {
    edit.replay(
        IndexChange.profile(
            profile.fingerprint(), new ProfileRecord(number, profile.canonical(), Instant.EPOCH)));
  }

  private void probes(String host, Profile profile) throws BadRecordException {
    ProberEndpoint endpoint =
        new ProberEndpoint(new FingerprintBytes(profile.fingerprint().bytes()), "p/t");
    edit.replay(IndexChange.prober(host, new Prober(host, List.of(endpoint), null)));
  }

  private Probers probers() {
    return edit.commit().drivers().progress(source, destination).probers();
  }

  @Test
  void aClassCanBeAskedThroughAHostWithAnyOfItsProfiles() throws BadRecordException {
    know(0, source);
    know(1, destination);
    assertThat(probers()).isEqualTo(Probers.NONE);
    probes("d2", sibling);
    assertThat(probers()).as("nobody knows what class that is").isEqualTo(Probers.NONE);
    know(2, sibling);
    assertThat(probers()).isEqualTo(Probers.SOME);
    probes("d3", sibling);
    edit.replay(new HostProbesNot("d2"));
    assertThat(probers()).isEqualTo(Probers.SOME);
    probes("d3", source);
    assertThat(probers()).isEqualTo(Probers.NONE);
    probes("d3", sibling);
    edit.replay(new ProfileGone(sibling.fingerprint()));
    assertThat(probers()).isEqualTo(Probers.NONE);
  }

  @Test
  void whereNoQuestionIsAskedNothingIsSaidOfWhoAsks() throws BadRecordException {
    know(0, source);
    know(1, other);
    probes("d1", other);
    assertThat(edit.commit().drivers().progress(source, other)).isEqualTo(ProbeProgress.NOT_KNOWN);
  }

  @Test
  void whoWasAskedInVainIsKnownAndMakesNoOtherMatrix() throws BadRecordException {
    know(0, source);
    know(1, destination);
    IndexView before = edit.commit();
    ProbePair pair = ProbePair.of(source, destination).orElseThrow();
    edit.replay(new PairProbed(pair, Optional.empty(), Optional.of(IN_VAIN)));
    IndexView after = edit.commit();
    assertThat(after.drivers().progress(source, destination).last()).hasValue(IN_VAIN);
    assertThat(after.drivers().find(source, destination)).isEmpty();
    assertThat(after.matrix().answers()).isEqualTo(before.matrix().answers());
    edit.replay(new PairUnprobed(pair));
    assertThat(edit.commit().drivers().progress(source, destination).last()).isEmpty();
  }
}
