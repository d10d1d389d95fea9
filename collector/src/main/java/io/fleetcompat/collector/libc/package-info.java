/** Calls into the C library, for what Java cannot ask the kernel, and the names of its errors. */
@NullMarked
package io.fleetcompat.collector.libc;

import org.jspecify.annotations.NullMarked;
