@NullMarked
package io.fleetcompat.query.outcome;

import org.jspecify.annotations.NullMarked;
