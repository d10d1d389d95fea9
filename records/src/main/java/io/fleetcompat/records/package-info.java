/** Records of the index, and what they mean to the rules. Pure. */
@NullMarked
package io.fleetcompat.records;

import org.jspecify.annotations.NullMarked;
