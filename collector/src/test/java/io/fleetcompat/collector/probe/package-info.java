/** Tests of the answering of questions to drivers. */
@NullMarked
package io.fleetcompat.collector.probe;

import org.jspecify.annotations.NullMarked;
