/**
 * Those who are no part of a stage: they do something to it, or watch it, until they are sent away.
 */
@NullMarked
package io.fleetcompat.cli.faults.visitors;

import org.jspecify.annotations.NullMarked;
