/**
 * The rules a second time, straight from the specification and as plainly as possible, and the
 * comparison of what they say with what a running API answers. Uses no profile, no fingerprint and
 * no index; shares with them only the reader of sysfs.
 */
@NullMarked
package io.fleetcompat.cli.verify;

import org.jspecify.annotations.NullMarked;
