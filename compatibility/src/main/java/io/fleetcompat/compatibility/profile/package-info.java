/** All that a verdict may depend on, in canonical form, and its fingerprint. */
@NullMarked
package io.fleetcompat.compatibility.profile;

import org.jspecify.annotations.NullMarked;
