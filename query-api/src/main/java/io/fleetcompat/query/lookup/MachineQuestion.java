package io.fleetcompat.query.lookup;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The question for hosts that can take all devices of a machine.
 *
 * @param sources the devices
 * @param scope the hosts that count
 * @param candidates names of the only hosts of the scope that count; empty where all do
 * @param limit how many hosts the answer has at most
 * @param withStale also where the host, or that of a source, has fallen silent
 */
public record MachineQuestion(
    List<IndexedEndpoint> sources,
    Scope scope,
    Optional<Collection<String>> candidates,
    int limit,
    boolean withStale) {}
