/** What lets a simulation be a replica. */
@NullMarked
package io.fleetcompat.query.replica;

import org.jspecify.annotations.NullMarked;
