package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;

/**
 * A question to one host.
 *
 * @param pair what it is about
 * @param text the string that is to be written
 * @param destination the class that is asked
 * @param host a host of that class
 * @param endpoint of the class, on that host
 * @param number never used twice
 * @param expiresAt after which it is not to be executed, in milliseconds since 1970
 */
record Question(
    ProbePair pair,
    String text,
    ProbeSide destination,
    String host,
    String endpoint,
    long number,
    long expiresAt) {}
