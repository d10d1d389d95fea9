/** A report about a pool, as one file for people: HTML or Markdown. */
@NullMarked
package io.fleetcompat.cli.report;

import org.jspecify.annotations.NullMarked;
