@NullMarked
package io.fleetcompat.indexer.change;

import org.jspecify.annotations.NullMarked;
