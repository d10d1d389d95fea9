package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.AttributeEntry;
import io.fleetcompat.schemas.avro.AttributeState;
import io.fleetcompat.schemas.avro.Content;
import io.fleetcompat.schemas.avro.EndpointEntry;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.SharedCard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRulesTest {

  private static final Content CONTENT =
      new Content(List.of(new AttributeEntry("name", AttributeState.TEXT, "x")));

  @Test
  void aSoundDocumentIsAccepted() throws BadRecordException {
    HostInventory document = document("h", List.of(CONTENT), List.of(endpoint("a", 0, -1)));
    assertThat(Codecs.HOST_INVENTORY.decode(Codecs.HOST_INVENTORY.encode(document)))
        .isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a\nb", "\u0000", "a\u2028b"})
  void aHostNameThatIsNoneIsInvalid(String host) {
    assertInvalid(document(host, List.of(), List.of()), "a host name");
  }

  @Test
  void aHostNameThatIsTooLongIsInvalid() {
    assertInvalid(document("h".repeat(254), List.of(), List.of()), "a host name");
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, -1, 1, Integer.MAX_VALUE})
  void anIndexOutsideTheContentsIsInvalid(int own) {
    assertInvalid(document("h", List.of(CONTENT), List.of(endpoint("a", own, -1))), "own from 0");
  }

  @Test
  void aTypeIndexMayBeAbsentButNotWrong() {
    assertInvalid(document("h", List.of(CONTENT), List.of(endpoint("a", 0, 1))), "type from -1");
  }

  @Test
  void theIndexesOfWhatAnEndpointDependsOnMayBeAbsentButNotWrong() {
    assertInvalid(related(1, -1, -1), "physfn from -1");
    assertInvalid(related(-1, 1, -1), "parent from -1");
    assertInvalid(related(-1, -1, -2), "facts from -1");
  }

  private static HostInventory related(int physfn, int parent, int facts) {
    return document(
        "h",
        List.of(CONTENT),
        List.of(
            new EndpointEntry(
                "a", EndpointEntryKind.PCI_FUNCTION, null, 0, -1, -1, physfn, parent, facts)));
  }

  @Test
  void aFactThatCannotBeUsedIsNotUsedWhateverElseIsSaidOfIt() {
    HostInventory document = document("h", List.of(CONTENT), List.of(endpoint("a", 0, -1)));
    document.put("facts", Map.of("nvidia.ecc_mode", "enabled", "host.x", "a\u0007"));
    document.put("factProblems", Map.of("nvidia.ecc_mode", "stale"));
    Attributes facts = InventoryDocument.endpoints(document).getFirst().host().facts();
    assertThat(facts.get("nvidia.ecc_mode")).isEqualTo(new Attribute.Malformed("stale"));
    assertThat(facts.get("host.x")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void aParentIsOnOneCard() throws BadRecordException {
    assertThat(shared("a", List.of("a.1"), "b", List.of("b.1", "b.2")).getCards()).hasSize(2);
    assertInvalid(shared("a", List.of("x"), "b", List.of("x")), "each parent on one card");
    assertInvalid(shared("b", List.of("b.1"), "a", List.of("a.1")), "cards sorted");
    assertInvalid(shared("a", List.of("y", "x"), "b", List.of()), "parents sorted");
    assertInvalid(shared("a", List.of("x/y"), "b", List.of()), "a parent");
  }

  private static HostInventory shared(
      String card, List<String> parents, String other, List<String> others) {
    HostInventory document = document("h", List.of(CONTENT), List.of(endpoint("a", 0, -1)));
    document.put("cards", List.of(new SharedCard(card, parents), new SharedCard(other, others)));
    return document;
  }

  @Test
  void whatIsInUseIsADevice() throws BadRecordException {
    HostCapacity sound = inUse("0000:3b:00.4");
    assertThat(Codecs.HOST_CAPACITY.decode(Codecs.HOST_CAPACITY.encode(sound))).isEqualTo(sound);
    for (String name : List.of("p/t", "", "a b")) {
      assertThatExceptionOfType(BadRecordException.class)
          .as(name)
          .isThrownBy(() -> Codecs.HOST_CAPACITY.decode(Codecs.HOST_CAPACITY.encode(inUse(name))));
    }
  }

  private static HostCapacity inUse(String device) {
    return new HostCapacity(
        "h", 1L, 2L, Instant.EPOCH, Map.of(), false, List.of(), null, Map.of(device, true));
  }

  @Test
  void anEndpointTwiceIsInvalid() {
    assertInvalid(
        document("h", List.of(CONTENT), List.of(endpoint("a", 0, -1), endpoint("a", 0, -1))),
        "endpoints sorted and without duplicates");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b/c", "%", "a b", "%41"})
  void anEndpointNameThatIsNoneOrNotInNormalFormIsInvalid(String name) {
    assertInvalid(document("h", List.of(CONTENT), List.of(endpoint(name, 0, -1))), "endpoint");
  }

  @Test
  void aTextThatBreaksTheReadingRulesIsMalformed() {
    Content content =
        new Content(List.of(new AttributeEntry("name", AttributeState.TEXT, "x\u0007")));
    var endpoints =
        InventoryDocument.endpoints(document("h", List.of(content), List.of(endpoint("a", 0, -1))));
    assertThat(endpoints.getFirst().own().get("name")).isInstanceOf(Attribute.Malformed.class);
  }

  @Test
  void whatIsSaidOfAnAttributeIsBoundedInEveryState() {
    String endless = "x".repeat(Limits.TEXT + 1);
    for (AttributeState state : AttributeState.values()) {
      Content content = new Content(List.of(new AttributeEntry("name", state, endless)));
      Attribute read =
          InventoryDocument.endpoints(
                  document("h", List.of(content), List.of(endpoint("a", 0, -1))))
              .getFirst()
              .own()
              .get("name");
      assertThat(read.toString()).hasSizeLessThan(Limits.PROBLEM + 100);
      assertThat(read).isNotInstanceOf(Attribute.Text.class);
    }
  }

  @Test
  void labelsKeepTheRuleOfTheConfigurationOnTheWireToo() {
    assertInvalid(labelled(Map.of("", "x")), "a label's name of 1 to 255");
    assertInvalid(labelled(Map.of("a\u0007", "x")), "a label's name without control");
    assertInvalid(labelled(Map.of("pool", "a\nb")), "a label's value without control");
    assertInvalid(labelled(Map.of("pool", "x".repeat(4097))), "value of at most 4096");
    Map<String, String> large = new TreeMap<>();
    for (int i = 0; i < Limits.LABELS; i++) {
      large.put("label-" + i, "x".repeat(Limits.VALUE));
    }
    assertInvalid(labelled(large), "bytes together");
  }

  @Test
  void aFormerNameIsThatOfAnotherHostAndHasATime() throws BadRecordException {
    Instant at = Instant.ofEpochMilli(1);
    HostInventory sound = renamed("h".repeat(HostName.MAX_LENGTH), at);
    assertThat(FormerName.of(Codecs.HOST_INVENTORY.decode(Codecs.HOST_INVENTORY.encode(sound))))
        .contains(new FormerName("h".repeat(HostName.MAX_LENGTH), at));
    assertInvalid(renamed("h", at), "another than the host's");
    assertInvalid(renamed("h".repeat(HostName.MAX_LENGTH + 1), at), "a host name");
    assertInvalid(renamed("a/b", at), "a host name");
    assertInvalid(renamed("", at), "a host name");
    assertInvalid(renamed("a", Instant.ofEpochMilli(-1)), "a time since 1970");
    Placement placement = placement(List.of("a"));
    placement.put("formerHost", new FormerHost("h", at));
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.PLACEMENT.check(placement))
        .withMessageContaining("another than the host's");
  }

  private static HostInventory renamed(String former, Instant at) {
    HostInventory document = document("h", List.of(), List.of());
    document.put("formerHost", new FormerHost(former, at));
    return document;
  }

  @Test
  void claimsAreAboutEndpointsOfThePlacement() throws BadRecordException {
    Placement.Builder placement = Placement.newBuilder(placement(List.of("a", "b")));
    Codecs.PLACEMENT.check(placement.setClaims(Map.of("b", true)).build());
    Placement other = placement.setClaims(Map.of("b", true, "c", false)).build();
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.PLACEMENT.check(other))
        .withMessageContaining("claims about endpoints of the placement, found 'c'");
  }

  @Test
  void aPlacementHasBoundedEndpointsInOrder() throws BadRecordException {
    Codecs.PLACEMENT.check(placement(List.of("a", "b")));
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.PLACEMENT.check(placement(List.of("b", "a"))))
        .withMessageContaining("endpoints sorted and without duplicates");
    List<String> many =
        IntStream.rangeClosed(0, Limits.ENDPOINTS).mapToObj("%05d"::formatted).toList();
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.PLACEMENT.check(placement(many)))
        .withMessageContaining("at most " + Limits.ENDPOINTS + " endpoints");
  }

  @Test
  void thePartitionIsWhatKafkaItselfWouldChoose() {
    for (String host : List.of("h", "host-7.example", "größe", "")) {
      byte[] key = host.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(HostPartitioner.partition(host, 32))
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, 32));
    }
  }

  private static void assertInvalid(HostInventory document, String expected) {
    byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> Codecs.HOST_INVENTORY.decode(bytes))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.INVALID))
        .withMessageContaining(expected);
  }

  private static EndpointEntry endpoint(String name, int own, int type) {
    return new EndpointEntry(name, EndpointEntryKind.PCI_FUNCTION, null, own, type, -1, -1, -1, -1);
  }

  private static HostInventory labelled(Map<String, String> labels) {
    return document("h", labels, List.of(), List.of());
  }

  static Placement placement(List<String> endpoints) {
    return new Placement(
        "h",
        1L,
        2L,
        Instant.EPOCH,
        Map.of(),
        null,
        Liveness.FRESH,
        0,
        0L,
        List.of(new FingerprintBytes(new byte[16])),
        endpoints.stream()
            .map(name -> new PlacedEndpoint(name, EndpointEntryKind.PCI_FUNCTION, 0, Map.of()))
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

  private static HostInventory document(
      String host, List<Content> contents, List<EndpointEntry> endpoints) {
    return document(host, Map.of("pool", "p"), contents, endpoints);
  }

  private static HostInventory document(
      String host,
      Map<String, String> labels,
      List<Content> contents,
      List<EndpointEntry> endpoints) {
    return new HostInventory(
        host,
        1L,
        2L,
        Instant.EPOCH,
        labels,
        null,
        List.of(),
        Map.of(),
        Map.of(),
        contents,
        endpoints,
        List.of(),
        List.of(),
        "scan",
        List.of(),
        ExtentRecord.whole(),
        List.of(),
        null,
        List.of());
  }
}
