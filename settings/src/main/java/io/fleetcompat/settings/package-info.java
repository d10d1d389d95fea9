/**
 * The settings of a process: typed keys with their defaults and descriptions, the sources that they
 * are read from, one grammar of times and sizes, and one notion of a secret.
 */
@NullMarked
package io.fleetcompat.settings;

import org.jspecify.annotations.NullMarked;
