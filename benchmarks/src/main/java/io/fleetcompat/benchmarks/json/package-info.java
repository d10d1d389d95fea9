/** Our JSON writer beside the best library's, on answers as they are sent. */
@NullMarked
package io.fleetcompat.benchmarks.json;

import org.jspecify.annotations.NullMarked;
