package io.fleetcompat.query.replica;

import java.util.Arrays;

/** The names and kinds of a host's endpoints, in order of name; most hosts share one of a few. */
@SuppressWarnings("ArrayRecordComponent") // never changed
record EndpointShape(String[] names, byte[] kinds) {

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointShape that
        && Arrays.equals(names, that.names)
        && Arrays.equals(kinds, that.kinds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(names);
  }

  @Override
  public String toString() {
    return Arrays.toString(names);
  }
}
