/** The newest changes, in memory, for all who watch them. */
@NullMarked
package io.fleetcompat.query.watch;

import org.jspecify.annotations.NullMarked;
