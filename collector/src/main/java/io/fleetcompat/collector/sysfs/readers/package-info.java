/**
 * The readers of a host's sysfs, named after what they read. They open nothing themselves: a {@link
 * io.fleetcompat.collector.sysfs.Scan} does, within its bounds.
 */
@NullMarked
package io.fleetcompat.collector.sysfs.readers;

import org.jspecify.annotations.NullMarked;
