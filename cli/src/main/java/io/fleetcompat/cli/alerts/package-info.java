/** Commands about files of alert rules; they need no API. */
@NullMarked
package io.fleetcompat.cli.alerts;

import org.jspecify.annotations.NullMarked;
