/**
 * The tools that integration tests share: the one broker, waiting on a condition, sysfs trees from
 * text.
 */
@NullMarked
package io.fleetcompat.testing;

import org.jspecify.annotations.NullMarked;
