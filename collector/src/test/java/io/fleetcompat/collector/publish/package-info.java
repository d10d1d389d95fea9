@NullMarked
package io.fleetcompat.collector.publish;

import org.jspecify.annotations.NullMarked;
