/** Questions to a view, and their answers: nothing here waits, reads or knows HTTP. */
@NullMarked
package io.fleetcompat.query.lookup;

import org.jspecify.annotations.NullMarked;
