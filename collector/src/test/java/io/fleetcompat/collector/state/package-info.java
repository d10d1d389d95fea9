/** Tests of the files that a collector keeps. */
@NullMarked
package io.fleetcompat.collector.state;

import org.jspecify.annotations.NullMarked;
