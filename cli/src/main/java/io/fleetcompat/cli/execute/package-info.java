/** The execution of a plan on a simulated fleet, wave by wave, as the index sees it. */
@NullMarked
package io.fleetcompat.cli.execute;

import org.jspecify.annotations.NullMarked;
