/** The index in memory: immutable views, made from the index topics, swapped atomically. */
@NullMarked
package io.fleetcompat.query.replica;

import org.jspecify.annotations.NullMarked;
