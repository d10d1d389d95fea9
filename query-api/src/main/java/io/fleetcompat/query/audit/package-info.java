/** The index at one time compared with the index at another: what was gained, lost and stranded. */
@NullMarked
package io.fleetcompat.query.audit;

import org.jspecify.annotations.NullMarked;
