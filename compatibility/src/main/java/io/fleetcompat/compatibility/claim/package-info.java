/** Claims of operators about devices, compared with what the drivers show. */
@NullMarked
package io.fleetcompat.compatibility.claim;

import org.jspecify.annotations.NullMarked;
