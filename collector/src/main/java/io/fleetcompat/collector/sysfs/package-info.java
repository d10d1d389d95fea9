/**
 * One host's sysfs as files and directories: the only package that opens any of them. What they
 * mean, the readers know.
 */
@NullMarked
package io.fleetcompat.collector.sysfs;

import org.jspecify.annotations.NullMarked;
