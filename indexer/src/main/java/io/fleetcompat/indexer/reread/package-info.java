/** Records of a task's inputs that are read once more, since what was kept of them is lost. */
@NullMarked
package io.fleetcompat.indexer.reread;

import org.jspecify.annotations.NullMarked;
