package io.fleetcompat.keys;

import org.jspecify.annotations.Nullable;

/**
 * A record that a host's collector sends, as bytes.
 *
 * @param topic whole name of it, so that a record of one topic or fleet says nothing in another
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record HostRecord(String topic, byte[] key, byte @Nullable [] value) {}
