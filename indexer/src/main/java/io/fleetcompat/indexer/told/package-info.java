/** The content of topics, compared with what was told to them, and told again where it differs. */
@NullMarked
package io.fleetcompat.indexer.told;

import org.jspecify.annotations.NullMarked;
