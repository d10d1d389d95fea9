package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.claim.DeviceClaims;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.HostSoftware;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A document's placement, with the content of the profiles in it, and what else changes are told
 * by. Pure.
 *
 * @param placement of a host that has just been heard
 * @param contents canonical content by fingerprint, in the order of {@code placement.profiles}
 * @param trigger why the document was sent
 */
record PlacedDocument(
    Placement placement,
    NavigableMap<Fingerprint, String> contents,
    HostSoftware software,
    String trigger) {

  private static final int NO_PROFILE = -1;

  /**
   * The record that a document came in.
   *
   * @param partition in its topic
   * @param offset likewise
   * @param digest of its bytes
   */
  record Source(int partition, long offset, DocumentDigest digest) {}

  /**
   * @param known what profiles are asked of
   * @param poolLabel the label that names the host's pool
   * @param findings about the host, sorted
   * @throws BadRecordException if its profiles are too large
   */
  static PlacedDocument of(
      KnownProfiles known,
      String poolLabel,
      HostInventory document,
      Source source,
      List<String> findings)
      throws BadRecordException {
    DocumentProfiles.Found found = DocumentProfiles.of(known, document);
    List<Fingerprint> numbered = List.copyOf(found.contents().keySet());
    DeviceClaims claims =
        DeviceClaims.of(
            found.endpoints().stream().map(DocumentProfiles.Placed::endpoint).toList(),
            document.getLabels());
    PlacementRecord.Parts placed = PlacementRecord.parts(placed(found.endpoints(), numbered));
    Placement placement =
        new Placement(
            document.getHost(),
            document.getEpoch(),
            document.getSequence(),
            document.getObservedAt(),
            document.getLabels(),
            document.getKernel(),
            Liveness.FRESH,
            source.partition(),
            source.offset(),
            numbered.stream().map(f -> new FingerprintBytes(f.bytes())).toList(),
            placed.alone(),
            document.getFunctions(),
            found.functions().map(profile -> index(numbered, profile)).orElse(NO_PROFILE),
            problems(document, claims),
            document.getExtent(),
            placed.offers(),
            byName(claims),
            PlacementRecord.poolLabel(poolLabel),
            document.getFormerHost(),
            source.digest().bytes(),
            findings,
            document.getCards());
    return new PlacedDocument(
        placement, found.contents(), SoftwareChange.of(document), document.getCause());
  }

  private static List<ProblemEntry> problems(HostInventory document, DeviceClaims claims) {
    Stream<ProblemEntry> ofClaims =
        claims.problems().stream()
            .limit(Limits.PROBLEMS_SENT)
            .map(p -> new ProblemEntry(p.path(), p.code().toString(), p.detail()));
    return Stream.concat(document.getProblems().stream(), ofClaims).toList();
  }

  private static Map<String, Boolean> byName(DeviceClaims claims) {
    Map<String, Boolean> byName = new TreeMap<>();
    claims.byDevice().forEach((name, claim) -> byName.put(name.toString(), claim.isMigratable()));
    return byName;
  }

  /** Bounded on the way: many endpoints may share values that are large. */
  private static List<PlacedEndpoint> placed(
      List<DocumentProfiles.Placed> endpoints, List<Fingerprint> numbered)
      throws BadRecordException {
    List<PlacedEndpoint> placed = new ArrayList<>(endpoints.size());
    long bytes = 0;
    for (DocumentProfiles.Placed endpoint : endpoints) {
      PlacedEndpoint next = placed(endpoint, numbered);
      bytes += DocumentSize.of(next.getName()) + bytes(next.getDynamic());
      requireBounded(bytes);
      placed.add(next);
    }
    return placed;
  }

  private static PlacedEndpoint placed(DocumentProfiles.Placed placed, List<Fingerprint> numbered) {
    Endpoint endpoint = placed.endpoint();
    return new PlacedEndpoint(
        endpoint.name().toString(),
        EndpointEntryKind.valueOf(endpoint.kind().name()),
        index(numbered, placed.made().profile()),
        placed.made().dynamic());
  }

  private static int index(List<Fingerprint> sorted, Fingerprint profile) {
    return Collections.binarySearch(sorted, profile);
  }

  private static long bytes(Map<String, String> values) {
    return values.entrySet().stream()
        .mapToLong(value -> DocumentSize.of(value.getKey()) + DocumentSize.of(value.getValue()))
        .sum();
  }

  /**
   * The placement's bytes.
   *
   * @throws BadRecordException if they would not fit into a record
   */
  byte[] encode() throws BadRecordException {
    byte[] encoded = Codecs.PLACEMENT.encode(placement);
    requireBounded(encoded.length);
    return encoded;
  }

  private static void requireBounded(long bytes) throws BadRecordException {
    if (bytes > Limits.VALUE_BYTES) {
      throw new BadRecordException(
          Code.TOO_LARGE,
          "a document whose placement fits into " + Limits.RECORD_BYTES + " bytes",
          bytes + " bytes or more");
    }
  }
}
