package io.fleetcompat.indexer.judge;

/**
 * What the judging is connected to, by name.
 *
 * @param censusStore partition/profile → census record
 * @param profileStore profile → number and content
 * @param rowStore number → row
 * @param metaStore next number and last generation
 * @param profiles the sink of profiles
 * @param matrix the sink of rows and generations
 * @param rejected the sink of what could not be used
 */
public record JudgeNodes(
    String censusStore,
    String profileStore,
    String rowStore,
    String metaStore,
    String profiles,
    String matrix,
    String rejected) {}
