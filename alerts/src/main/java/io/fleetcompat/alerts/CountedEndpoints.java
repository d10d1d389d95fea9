package io.fleetcompat.alerts;

import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;

/** The endpoints of a pool that are counted apart. */
public enum CountedEndpoints {
  DEVICES("devices"),
  TYPES("types");

  private final String spelling;

  CountedEndpoints(String spelling) {
    this.spelling = spelling;
  }

  PoolMovability in(PoolHealthRecord health) {
    return this == DEVICES ? health.getDevices() : health.getTypes();
  }

  @Override
  public String toString() {
    return spelling;
  }
}
