@NullMarked
package io.fleetcompat.collector.sysfs;

import org.jspecify.annotations.NullMarked;
