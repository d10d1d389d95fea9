/** The failures of a collector's threads: which cost one item, and which cost the process. */
@NullMarked
package io.fleetcompat.collector.fault;

import org.jspecify.annotations.NullMarked;
