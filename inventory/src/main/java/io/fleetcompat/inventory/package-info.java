/** What one look at a host found: endpoints and their attributes, as read, not yet judged. */
@NullMarked
package io.fleetcompat.inventory;

import org.jspecify.annotations.NullMarked;
