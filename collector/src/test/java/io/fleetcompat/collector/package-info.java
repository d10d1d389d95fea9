@NullMarked
package io.fleetcompat.collector;

import org.jspecify.annotations.NullMarked;
