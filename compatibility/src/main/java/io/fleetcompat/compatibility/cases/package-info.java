/** Cases that a rule pack must decide as its author says: read, run through the judge, compared. */
@NullMarked
package io.fleetcompat.compatibility.cases;

import org.jspecify.annotations.NullMarked;
