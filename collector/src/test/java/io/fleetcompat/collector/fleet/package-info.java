/** Tests of directories of hosts. */
@NullMarked
package io.fleetcompat.collector.fleet;

import org.jspecify.annotations.NullMarked;
