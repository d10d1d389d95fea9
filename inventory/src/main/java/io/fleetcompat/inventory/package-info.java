/** The findings of one look at a host: endpoints and their attributes, as read, not yet judged. */
@NullMarked
package io.fleetcompat.inventory;

import org.jspecify.annotations.NullMarked;
