@NullMarked
package io.fleetcompat.collector.proc;

import org.jspecify.annotations.NullMarked;
