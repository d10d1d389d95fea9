package io.fleetcompat.indexer.place;

/**
 * What the placing is connected to, by name.
 *
 * @param capacityTopic whose records are heartbeats; all others are documents
 * @param hostStore host → placement
 * @param countStore profile → number of hosts
 * @param placements the sink of placements
 * @param census the sink of the census
 * @param rejected the sink of what could not be used
 */
public record PlaceNodes(
    String capacityTopic,
    String hostStore,
    String countStore,
    String placements,
    String census,
    String rejected) {}
