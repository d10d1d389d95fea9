/** JSON that others write. */
@NullMarked
package io.fleetcompat.compatibility.json;

import org.jspecify.annotations.NullMarked;
