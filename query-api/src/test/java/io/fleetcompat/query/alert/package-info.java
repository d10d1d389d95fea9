@NullMarked
package io.fleetcompat.query.alert;

import org.jspecify.annotations.NullMarked;
