/**
 * What a host's sysfs says: readers named after what they read, over the one class that opens
 * files.
 */
@NullMarked
package io.fleetcompat.collector.sysfs;

import org.jspecify.annotations.NullMarked;
