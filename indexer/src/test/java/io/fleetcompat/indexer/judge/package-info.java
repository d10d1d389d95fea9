/** Tests of the judging. */
@NullMarked
package io.fleetcompat.indexer.judge;

import org.jspecify.annotations.NullMarked;
