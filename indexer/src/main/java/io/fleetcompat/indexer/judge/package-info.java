/** The step that makes profile numbers and the matrix of the census. */
@NullMarked
package io.fleetcompat.indexer.judge;

import org.jspecify.annotations.NullMarked;
