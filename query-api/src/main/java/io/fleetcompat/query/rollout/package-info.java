/**
 * Roll-outs: in which order the hosts of a pool can be changed while devices stay on live hosts.
 */
@NullMarked
package io.fleetcompat.query.rollout;

import org.jspecify.annotations.NullMarked;
