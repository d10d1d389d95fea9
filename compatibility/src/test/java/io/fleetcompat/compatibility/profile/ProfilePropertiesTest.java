package io.fleetcompat.compatibility.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.NastyEndpoints;
import io.fleetcompat.compatibility.judge.Judge;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of every profile, however nasty its endpoint. */
class ProfilePropertiesTest {

  private static final int ROUNDS = 3000;
  private static final String STRUCTURE = "{}[]\",:x1";

  @ParameterizedTest
  @ValueSource(longs = {1, 20260102, 31})
  void theCanonicalFormIsReadBackAndIsTheIdentity(long seed) {
    NastyEndpoints endpoints = new NastyEndpoints(seed);
    Map<Fingerprint, String> known = new HashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      Profile profile = endpoints.next().profile();
      String canonical = profile.canonical();
      Profile again = Profile.parse(canonical);
      assertThat(again.canonical()).as("seed %d, round %d", seed, i).isEqualTo(canonical);
      assertThat(again.fingerprint()).isEqualTo(profile.fingerprint());
      assertThat(again.facetIds()).isEqualTo(profile.facetIds());
      assertThat(again.problems()).isEqualTo(profile.problems());
      String first = known.putIfAbsent(profile.fingerprint(), canonical);
      assertThat(first == null ? canonical : first).isEqualTo(canonical);
      byte[] wire = canonical.getBytes(StandardCharsets.UTF_8);
      assertThat(new String(wire, StandardCharsets.UTF_8)).isEqualTo(canonical);
    }
    assertThat(known).hasSizeGreaterThan(ROUNDS / 4);
    assertThat(new java.util.HashSet<>(known.values())).hasSameSizeAs(known.keySet());
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 4242})
  void noTextMakesReadingAnEndpointFail(long seed) {
    NastyEndpoints endpoints = new NastyEndpoints(seed);
    for (int i = 0; i < ROUNDS; i++) {
      String text = endpoints.garbage();
      Profile profile =
          EndpointBuilder.device("t")
              .own(endpoints.path(), text)
              .own("migration_compatible", (i % 2 == 0 ? "{" : "SELF:\n") + text)
              .type(endpoints.path(), text)
              .profile();
      assertThat(Profile.parse(profile.canonical()))
          .as("seed %d, %s", seed, text)
          .isEqualTo(profile);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 555})
  void aDamagedCanonicalFormIsRefusedOrIsAnotherProfile(long seed) {
    NastyEndpoints endpoints = new NastyEndpoints(seed);
    Random random = new Random(seed);
    Judge judge = new Judge(Set.of());
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder(endpoints.next().profile().canonical());
      int at = random.nextInt(text.length());
      char c = STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, c);
        default -> text.insert(at, c);
      }
      String damaged = text.toString();
      try {
        Profile profile = Profile.parse(damaged);
        assertThat(profile.canonical()).as("seed %d, round %d", seed, i).isEqualTo(damaged);
        assertThat(judge.judge(profile, profile).outcome())
            .isEqualTo(judge.outcome(profile, profile));
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).as("seed %d, round %d", seed, i).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "{}",
        "{'facets':[],'kind':'device','v':1}",
        "{'facets':{},'kind':'thing','v':1}",
        "{'facets':{},'kind':'device','v':2}",
        "{'facets':{},'kind':'device','v':1} ",
        "{'facets':{'other':{}},'kind':'device','v':1}",
        "{'facets':{'type-attributes':7},'kind':'device','v':1}",
        "{'facets':{'type-attributes':{'software_version':'1'}},'kind':'device','v':1}",
        "{'facets':{'feature-bits':{'features':'2'}},'kind':'device','v':1}"
      })
  void whatIsNoCanonicalFormIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Profile.parse(text.replace('\'', '"')));
  }

  /** Each of these would make the judge fail later. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'attributes':{'a':['{v}']},'variables':{}}",
        "{'attributes':{'a':['x']},'variables':{'v':{'int':['1']}}}",
        "{'attributes':{'a':['{v}/2']},'variables':{'v':{'string':['x']}}}",
        "{'attributes':{'a':['{v}']},'variables':{'v':{'int':['x']}}}",
        "{'attributes':{'a':['{v']},'variables':{}}",
        "{'attributes':{'a':['{v}/0']},'variables':{'v':{'int':['1']}}}",
        "{'attributes':{'a':'x'},'variables':{}}"
      })
  void aPatternThatNothingCouldMatchAgainstIsRefused(String pattern) {
    String canonical =
        "{'facets':{'self-compatible':{'compatible':[" + pattern + "]}},'kind':'device','v':1}";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Profile.parse(canonical.replace('\'', '"')));
  }

  @Test
  void deepNestingIsRefused() {
    for (String open : new String[] {"[", "{\"facets\":", "{\"a\":["}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Profile.parse(open.repeat(100_000)));
    }
  }

  @Test
  void theLongestNameOfAnAttributeIsReadBack() {
    Profile profile =
        EndpointBuilder.function().own("migration/self", "n".repeat(65_000) + "=1").profile();
    assertThat(Profile.parse(profile.canonical())).isEqualTo(profile);
  }

  @Test
  void equalContentIsOneProfile() {
    Profile one =
        EndpointBuilder.type("t")
            .own("software_version", "1.2")
            .own("device_api", "vfio_pci")
            .own("compatible_pci_ids", "8086:5963, 0x80861916,")
            .own("description", "one")
            .own("available_instances", "3")
            .pci("vendor", "0x8086")
            .profile();
    Profile other =
        EndpointBuilder.type("t")
            .own("software_version", "01.2.0")
            .own("device_api", "vfio-pci")
            .own("compatible_pci_ids", "80861916,80865963,8086:1916")
            .pci("vendor", "0x8086")
            .profile();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(Fingerprint.parse(one.fingerprint().toString())).isEqualTo(one.fingerprint());
    assertThat(Fingerprint.of(one.fingerprint().bytes())).isEqualTo(one.fingerprint());
    assertThat(one.isType()).isTrue();
    assertThat(one.mdevType()).hasValue("t");
  }
}
