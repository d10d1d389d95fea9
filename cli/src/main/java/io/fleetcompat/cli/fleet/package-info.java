/** Fleets as directories: written by a simulation, watched for somebody else, verified. */
@NullMarked
package io.fleetcompat.cli.fleet;

import org.jspecify.annotations.NullMarked;
