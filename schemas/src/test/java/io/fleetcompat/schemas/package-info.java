/** Tests of the wire format. */
@NullMarked
package io.fleetcompat.schemas;

import org.jspecify.annotations.NullMarked;
