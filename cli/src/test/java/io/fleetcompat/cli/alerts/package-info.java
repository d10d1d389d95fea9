@NullMarked
package io.fleetcompat.cli.alerts;

import org.jspecify.annotations.NullMarked;
