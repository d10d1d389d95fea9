/** The files that a collector keeps of its own, from one start to the next. */
@NullMarked
package io.fleetcompat.collector.state;

import org.jspecify.annotations.NullMarked;
