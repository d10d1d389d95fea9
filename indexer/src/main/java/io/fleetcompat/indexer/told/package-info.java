/** What topics hold, compared with what was told to them, and told again where it is another. */
@NullMarked
package io.fleetcompat.indexer.told;

import org.jspecify.annotations.NullMarked;
