/** {@code fleetcompat inspect}: all that is read of one host, and what is made of it. */
@NullMarked
package io.fleetcompat.cli.inspect;

import org.jspecify.annotations.NullMarked;
