/** The answering of questions to drivers that come over Kafka. */
@NullMarked
package io.fleetcompat.collector.probe;

import org.jspecify.annotations.NullMarked;
