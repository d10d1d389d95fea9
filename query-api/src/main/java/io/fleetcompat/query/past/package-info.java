/** The index as it was: views of the past, made from the view of now and what has changed since. */
@NullMarked
package io.fleetcompat.query.past;

import org.jspecify.annotations.NullMarked;
