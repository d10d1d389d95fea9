/** A real Kafka broker as a child process: KRaft, one node, loopback, its data in one directory. */
@NullMarked
package io.fleetcompat.broker;

import org.jspecify.annotations.NullMarked;
