/** {@code fleetcompat up}: the whole system on one machine. */
@NullMarked
package io.fleetcompat.cli.up;

import org.jspecify.annotations.NullMarked;
