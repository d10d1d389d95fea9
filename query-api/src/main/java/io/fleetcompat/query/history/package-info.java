/** The changes of the index, as one query API keeps them on its disk. */
@NullMarked
package io.fleetcompat.query.history;

import org.jspecify.annotations.NullMarked;
