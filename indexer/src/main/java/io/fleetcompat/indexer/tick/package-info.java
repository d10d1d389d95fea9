/** Punctuations that end with the processor, or with its work. */
@NullMarked
package io.fleetcompat.indexer.tick;

import org.jspecify.annotations.NullMarked;
