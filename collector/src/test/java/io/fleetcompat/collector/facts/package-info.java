/** Tests of the producers of facts, the scripts of {@code collector/facts}. */
@NullMarked
package io.fleetcompat.collector.facts;

import org.jspecify.annotations.NullMarked;
