/** Rule packs: what vendors and kernels document about a family of devices, as data. */
@NullMarked
package io.fleetcompat.compatibility.pack;

import org.jspecify.annotations.NullMarked;
