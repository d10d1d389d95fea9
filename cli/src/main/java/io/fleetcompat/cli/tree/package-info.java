/**
 * A host's sysfs as a command takes it: a directory, or an archive of just what a scan read, which
 * this package writes and unpacks.
 */
@NullMarked
package io.fleetcompat.cli.tree;

import org.jspecify.annotations.NullMarked;
