package io.fleetcompat.compatibility.claim;

/** The claim that a device can be migrated, or that it cannot: {@code live_migratable} in Nova. */
public enum Claim {
  YES("yes"),
  NO("no");

  private final String spelling;

  Claim(String spelling) {
    this.spelling = spelling;
  }

  /** The claim of a device that can be migrated, or cannot. */
  public static Claim of(boolean migratable) {
    return migratable ? YES : NO;
  }

  /** True where the device is said to be migratable. */
  public boolean isMigratable() {
    return this == YES;
  }

  /** As Nova spells it: {@code yes} or {@code no}. */
  @Override
  public String toString() {
    return spelling;
  }
}
