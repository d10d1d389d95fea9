/** The comparison of what the naive judge says of trees on disk with what a running API answers. */
@NullMarked
package io.fleetcompat.cli.verify;

import org.jspecify.annotations.NullMarked;
