/** What-if: a change that nobody has made, and what the fleet would be with it. */
@NullMarked
package io.fleetcompat.query.whatif;

import org.jspecify.annotations.NullMarked;
