/** Messages of QEMU, libvirt and the kernel about a migration, and the rules that they speak of. */
@NullMarked
package io.fleetcompat.compatibility.message;

import org.jspecify.annotations.NullMarked;
