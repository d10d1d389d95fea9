/** What lets a simulation follow topics. */
@NullMarked
package io.fleetcompat.query.follow;

import org.jspecify.annotations.NullMarked;
