/** Writing JSON as bytes. */
@NullMarked
package io.fleetcompat.query.json;

import org.jspecify.annotations.NullMarked;
