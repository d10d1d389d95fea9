/** The compatibility interfaces an endpoint may expose, each parsed into one canonical form. */
@NullMarked
package io.fleetcompat.compatibility.facet;

import org.jspecify.annotations.NullMarked;
