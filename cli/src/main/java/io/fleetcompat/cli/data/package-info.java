/** The directory of one {@code up}: what it keeps there, and what others may learn from it. */
@NullMarked
package io.fleetcompat.cli.data;

import org.jspecify.annotations.NullMarked;
