/** Tests of the asking of drivers. */
@NullMarked
package io.fleetcompat.indexer.probe;

import org.jspecify.annotations.NullMarked;
