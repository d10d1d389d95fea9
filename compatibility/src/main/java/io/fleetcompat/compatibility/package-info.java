/** The rules of fleetcompat: attributes in, verdicts out. No I/O, no clock, no Kafka. */
@NullMarked
package io.fleetcompat.compatibility;

import org.jspecify.annotations.NullMarked;
