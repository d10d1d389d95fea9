/**
 * Overrides: rules that operators turn off for some pairs, with who says so, why and until when.
 */
@NullMarked
package io.fleetcompat.compatibility.override;

import org.jspecify.annotations.NullMarked;
