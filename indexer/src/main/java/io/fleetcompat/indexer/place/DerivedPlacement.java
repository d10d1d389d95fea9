package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A placement that was made from a document alone, to be held against the one that was told.
 *
 * @param version of the document
 * @param contents canonical content of its profiles, by fingerprint
 */
public record DerivedPlacement(
    DocumentVersion version, Placement placement, NavigableMap<Fingerprint, String> contents) {

  /** The fields of which a document says nothing: they follow from when and how it came. */
  private static final Set<String> NOT_OF_THE_DOCUMENT =
      Set.of("liveness", "sourcePartition", "sourceOffset", "findings", "poolLabel");

  /** The pool label changes no other field than the one that is left out. */
  private static final String ANY_POOL_LABEL = "pool";

  public DerivedPlacement {
    contents = Collections.unmodifiableNavigableMap(contents);
  }

  /**
   * Makes the placement of a document.
   *
   * @param known what profiles are asked of
   * @param host the record's key
   * @param document the record's value
   * @throws BadRecordException where the indexer rejects the document
   */
  public static DerivedPlacement of(KnownProfiles known, String host, byte[] document)
      throws BadRecordException {
    HostInventory decoded = Codecs.HOST_INVENTORY.decode(document);
    OfHost.require(host, decoded.getHost());
    PlacedDocument.Source source = new PlacedDocument.Source(0, 0, DocumentDigest.of(document));
    PlacedDocument placed = PlacedDocument.of(known, ANY_POOL_LABEL, decoded, source, List.of());
    // As whoever reads it has it.
    Placement asRead = Codecs.PLACEMENT.decode(placed.encode());
    return new DerivedPlacement(DocumentVersion.of(decoded), asRead, placed.contents());
  }

  /** The names of the fields in which that one differs, of those that a document decides. */
  public List<String> differences(Placement told) {
    return Placement.getClassSchema().getFields().stream()
        .filter(field -> !NOT_OF_THE_DOCUMENT.contains(field.name()))
        .map(Schema.Field::name)
        .filter(name -> !Objects.equals(placement.get(name), told.get(name)))
        .toList();
  }
}
