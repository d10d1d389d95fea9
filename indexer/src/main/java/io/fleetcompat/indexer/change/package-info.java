/** The changes of the index on their way into the topic of changes. */
@NullMarked
package io.fleetcompat.indexer.change;

import org.jspecify.annotations.NullMarked;
