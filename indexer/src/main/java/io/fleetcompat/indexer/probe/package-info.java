/** The step that asks drivers about version strings, and keeps what they answer. */
@NullMarked
package io.fleetcompat.indexer.probe;

import org.jspecify.annotations.NullMarked;
