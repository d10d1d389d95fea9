package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;

/** One compatibility interface as an endpoint exposes it. Immutable. */
public sealed interface Facet
    permits TypeAttributes, SelfCompatible, OpaqueVersion, FeatureBits, VendorFacts {

  FacetId id();

  /**
   * True where the endpoint's own node has it, not its type's: then a type may lack what its
   * devices will have, and what the other side needs shows only once a device is there.
   */
  boolean isOfOwnNode();

  /** Its part of the canonical form, which {@link FacetId#read} reads back. */
  JsonNode toJson();

  /** Every attribute that a rule uses, with what it says, by name. */
  void forEach(BiConsumer<String, Parsed<?>> visitor);
}
