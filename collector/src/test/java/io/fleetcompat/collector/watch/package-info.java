@NullMarked
package io.fleetcompat.collector.watch;

import org.jspecify.annotations.NullMarked;
