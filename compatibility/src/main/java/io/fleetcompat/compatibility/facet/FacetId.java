package io.fleetcompat.compatibility.facet;

/** The compatibility interfaces, in the order in which their reasons are listed. */
public enum FacetId {
  /** Attributes of an mdev type (specification 3.1). */
  TYPE_ATTRIBUTES("type-attributes"),
  /** What a node says of itself and of what it accepts (3.2). */
  SELF_COMPATIBLE("self-compatible"),
  /** A version string that only its driver understands (3.3). */
  OPAQUE_VERSION("opaque-version"),
  /** Features negotiated one by one (3.4). */
  FEATURE_BITS("feature-bits");

  private final String spelling;

  FacetId(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
