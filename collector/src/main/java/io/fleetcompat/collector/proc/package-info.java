/** What processes of a host have open, as {@code /proc} tells it. */
@NullMarked
package io.fleetcompat.collector.proc;

import org.jspecify.annotations.NullMarked;
