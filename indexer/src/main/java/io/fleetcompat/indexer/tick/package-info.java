/** Punctuations that come only while there is work. */
@NullMarked
package io.fleetcompat.indexer.tick;

import org.jspecify.annotations.NullMarked;
