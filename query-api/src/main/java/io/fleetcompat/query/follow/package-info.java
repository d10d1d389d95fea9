/** Topics that are followed: read from some position on, whatever Kafka does meanwhile. */
@NullMarked
package io.fleetcompat.query.follow;

import org.jspecify.annotations.NullMarked;
