package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.EndpointEntry;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.HostInventory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The profiles of one document's endpoints, made one after the other: as soon as one or all
 * together are larger than a document may cause, no more are made. Endpoints that are made of the
 * same parts of the document are looked at once. One thread.
 */
final class DocumentProfiles {

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

  private final KnownProfiles known;
  private final Map<Parts, Made> made = new HashMap<>();
  private final IdentityHashMap<Attributes, Long> sizes = new IdentityHashMap<>();
  private final NavigableMap<Fingerprint, String> contents = new TreeMap<>();
  private long bytes;

  /** All that tells the endpoints of a document apart; contents by their place in it. */
  private record Parts(
      EndpointEntryKind kind,
      Optional<String> mdevType,
      int own,
      int type,
      int pci,
      int physfn,
      int parent,
      int facts) {

    static Parts of(EndpointEntry entry) {
      return new Parts(
          entry.getKind(),
          Optional.ofNullable(entry.getMdevType()),
          entry.getOwn(),
          entry.getType(),
          entry.getPci(),
          entry.getPhysfn(),
          entry.getParent(),
          entry.getFacts());
    }
  }

  /**
   * The profiles of a document.
   *
   * @param endpoints each with its profile, in the document's order
   * @param functions what every one of its other functions has; empty where there are none
   * @param contents canonical form of each different profile
   */
  record Found(
      List<Placed> endpoints,
      Optional<Fingerprint> functions,
      NavigableMap<Fingerprint, String> contents) {

    Found {
      endpoints = List.copyOf(endpoints);
      contents = Collections.unmodifiableNavigableMap(contents);
    }
  }

  /** An endpoint with what was made of it. */
  record Placed(Endpoint endpoint, Made made) {}

  /**
   * The parts that are made of an endpoint.
   *
   * @param dynamic values that are laid over answers
   */
  record Made(Fingerprint profile, SortedMap<String, String> dynamic) {}

  private DocumentProfiles(KnownProfiles known) {
    this.known = known;
  }

  /**
   * The profiles of a document.
   *
   * @param known what profiles are asked of
   * @throws BadRecordException if they are too large
   */
  static Found of(KnownProfiles known, HostInventory document) throws BadRecordException {
    return new DocumentProfiles(known).find(document);
  }

  private Found find(HostInventory document) throws BadRecordException {
    List<EndpointEntry> entries = InventoryDocument.entries(document);
    List<Endpoint> endpoints = InventoryDocument.endpoints(document);
    List<Placed> placed = new ArrayList<>(endpoints.size());
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint endpoint = endpoints.get(i);
      placed.add(new Placed(endpoint, make(Parts.of(entries.get(i)), endpoint)));
    }
    Optional<Fingerprint> functions = Optional.empty();
    if (!document.getFunctions().isEmpty()) {
      functions = Optional.of(keep(BARE_FUNCTION));
    }
    return new Found(placed, functions, contents);
  }

  private Made make(Parts parts, Endpoint endpoint) throws BadRecordException {
    Made before = made.get(parts);
    if (before != null) {
      return before;
    }
    // Before it is made: the work is in proportion to what it is made from.
    take(endpoint.contents().stream().mapToLong(this::size).sum());
    KnownProfiles.Known content = known.of(endpoint);
    Made now = new Made(keep(content.profile()), content.dynamic());
    made.put(parts, now);
    return now;
  }

  private long size(Attributes content) {
    return sizes.computeIfAbsent(content, DocumentSize::of);
  }

  private Fingerprint keep(Profile profile) throws BadRecordException {
    String canonical = profile.canonical();
    long size = (long) canonical.length() * MAX_UTF8_BYTES_PER_CHAR;
    if (size > Limits.VALUE_BYTES) {
      throw tooLarge("profile fits into " + Limits.RECORD_BYTES + " bytes", size);
    }
    if (contents.putIfAbsent(profile.fingerprint(), canonical) == null) {
      take(canonical.length());
    }
    return profile.fingerprint();
  }

  private void take(long more) throws BadRecordException {
    bytes += more;
    if (bytes > Limits.DOCUMENT_PROFILE_BYTES) {
      throw tooLarge(
          "profiles have, with what they are made from, at most "
              + Limits.DOCUMENT_PROFILE_BYTES
              + " bytes",
          bytes);
    }
  }

  private static BadRecordException tooLarge(String whose, long bytes) {
    return new BadRecordException(
        Code.TOO_LARGE, "a document whose " + whose, bytes + " bytes or more");
  }
}
