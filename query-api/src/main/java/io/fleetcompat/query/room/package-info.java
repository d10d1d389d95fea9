/** The memory that one request may take. */
@NullMarked
package io.fleetcompat.query.room;

import org.jspecify.annotations.NullMarked;
