/**
 * The content of a host's sysfs: readers named after what they read, over the one class that opens
 * files.
 */
@NullMarked
package io.fleetcompat.collector.sysfs;

import org.jspecify.annotations.NullMarked;
