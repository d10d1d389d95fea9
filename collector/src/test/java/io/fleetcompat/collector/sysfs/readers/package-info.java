@NullMarked
package io.fleetcompat.collector.sysfs.readers;

import org.jspecify.annotations.NullMarked;
