/** What lets a simulation be a collector. */
@NullMarked
package io.fleetcompat.collector;

import org.jspecify.annotations.NullMarked;
