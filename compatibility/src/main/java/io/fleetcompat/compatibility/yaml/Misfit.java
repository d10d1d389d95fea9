package io.fleetcompat.compatibility.yaml;

import com.fasterxml.jackson.core.JsonPointer;

/** A node that its schema does not allow. */
public record Misfit(JsonPointer at, YamlProblem problem) {

  /** True where the node is another one, or within it. */
  public boolean isWithin(JsonPointer other) {
    return (at + "/").startsWith(other + "/");
  }
}
