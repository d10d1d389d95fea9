/** Hosts whose sysfs trees are not as a kernel makes them, for a while. */
@NullMarked
package io.fleetcompat.cli.faults.sysfs;

import org.jspecify.annotations.NullMarked;
