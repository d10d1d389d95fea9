/** The bytes of answers: what was found, as JSON. */
@NullMarked
package io.fleetcompat.query.answer;

import org.jspecify.annotations.NullMarked;
