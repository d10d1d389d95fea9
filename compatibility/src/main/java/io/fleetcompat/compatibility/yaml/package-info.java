/** YAML files that people write, as trees whose every node has a line, checked against a schema. */
@NullMarked
package io.fleetcompat.compatibility.yaml;

import org.jspecify.annotations.NullMarked;
