/** The commands that ask a running API. */
@NullMarked
package io.fleetcompat.cli.client;

import org.jspecify.annotations.NullMarked;
