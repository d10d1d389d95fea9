package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A document's placement, with the content of the profiles in it. Pure.
 *
 * @param placement of a host that has just been heard
 * @param contents canonical content by fingerprint, in the order of {@code placement.profiles}
 */
record PlacedDocument(Placement placement, NavigableMap<Fingerprint, String> contents) {

  /** Room for key and batch header beside a value, within the largest record. */
  private static final int RECORD_OVERHEAD_BYTES = 4096;

  private static final int MAX_UTF8_BYTES_PER_CHAR = 3;

  private static final Profile BARE_FUNCTION =
      Profile.of(
          new Endpoint(
              EndpointName.device("function"),
              EndpointKind.PCI_FUNCTION,
              Optional.empty(),
              Attributes.NONE,
              Attributes.NONE,
              Attributes.NONE));

  /**
   * @param known what profiles are asked of
   * @param partition of the document in its topic
   * @param offset likewise
   */
  static PlacedDocument of(
      KnownProfiles known, HostInventory document, int partition, long offset) {
    List<Endpoint> endpoints = InventoryDocument.endpoints(document);
    List<Profile> profiles = endpoints.stream().map(known::of).toList();
    NavigableMap<Fingerprint, String> contents = contents(profiles, document);
    List<Fingerprint> numbered = List.copyOf(contents.keySet());
    List<PlacedEndpoint> placed = new ArrayList<>(endpoints.size());
    for (int i = 0; i < endpoints.size(); i++) {
      placed.add(placed(endpoints.get(i), index(numbered, profiles.get(i))));
    }
    Placement placement =
        new Placement(
            document.getHost(),
            document.getEpoch(),
            document.getSequence(),
            document.getObservedAt(),
            document.getLabels(),
            document.getKernel(),
            Liveness.FRESH,
            partition,
            offset,
            numbered.stream().map(f -> new FingerprintBytes(f.bytes())).toList(),
            placed,
            document.getFunctions(),
            document.getFunctions().isEmpty() ? -1 : index(numbered, BARE_FUNCTION),
            document.getProblems());
    return new PlacedDocument(placement, contents);
  }

  /**
   * The placement's bytes.
   *
   * @throws BadRecordException if they, or a profile's content, would not fit into a record
   */
  byte[] encode() throws BadRecordException {
    byte[] encoded = Codecs.PLACEMENT.encode(placement);
    requireBounded("placement", encoded.length);
    for (String content : contents.values()) {
      requireBounded("profile", (long) content.length() * MAX_UTF8_BYTES_PER_CHAR);
    }
    return encoded;
  }

  private static void requireBounded(String what, long bytes) throws BadRecordException {
    if (bytes > Limits.RECORD_BYTES - RECORD_OVERHEAD_BYTES) {
      throw new BadRecordException(
          Code.TOO_LARGE,
          "a document whose " + what + " fits into " + Limits.RECORD_BYTES + " bytes",
          bytes + " bytes");
    }
  }

  private static NavigableMap<Fingerprint, String> contents(
      List<Profile> profiles, HostInventory document) {
    NavigableMap<Fingerprint, String> contents = new TreeMap<>();
    for (Profile profile : profiles) {
      contents.putIfAbsent(profile.fingerprint(), profile.canonical());
    }
    if (!document.getFunctions().isEmpty()) {
      contents.putIfAbsent(BARE_FUNCTION.fingerprint(), BARE_FUNCTION.canonical());
    }
    return contents;
  }

  private static int index(List<Fingerprint> sorted, Profile profile) {
    return Collections.binarySearch(sorted, profile.fingerprint());
  }

  private static PlacedEndpoint placed(Endpoint endpoint, int profile) {
    return new PlacedEndpoint(
        endpoint.name().toString(),
        EndpointEntryKind.valueOf(endpoint.kind().name()),
        profile,
        ObligationValues.of(endpoint));
  }
}
