package io.fleetcompat.query.json;

/** The name of a member as it stands in JSON, written once for all answers. Immutable. */
public final class JsonName {

  final byte[] json;

  private JsonName(byte[] json) {
    this.json = json;
  }

  public static JsonName of(String name) {
    return new JsonName(new JsonBytes().name(name).toBytes());
  }
}
