/** The overrides of operators, of which only those that nobody can use concern the indexer. */
@NullMarked
package io.fleetcompat.indexer.override;

import org.jspecify.annotations.NullMarked;
