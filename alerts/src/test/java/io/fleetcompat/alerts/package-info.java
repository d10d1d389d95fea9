@NullMarked
package io.fleetcompat.alerts;

import org.jspecify.annotations.NullMarked;
