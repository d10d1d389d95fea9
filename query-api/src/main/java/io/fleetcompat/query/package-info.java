/** A replica of the index, and the HTTP API over it. */
@NullMarked
package io.fleetcompat.query;

import org.jspecify.annotations.NullMarked;
