/** {@code fleetcompat compare}: two sysfs trees on disk, no Kafka, one verdict. */
@NullMarked
package io.fleetcompat.cli.compare;

import org.jspecify.annotations.NullMarked;
