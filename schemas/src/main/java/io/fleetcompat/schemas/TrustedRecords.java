package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.HostInventory;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The word to Avro, once per JVM, that the records generated from our schemas may be instantiated:
 * since 1.12.2 it refuses every class that is not listed.
 */
final class TrustedRecords {

  private static final String PACKAGE = HostInventory.class.getPackageName();

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedRecords() {}

  static void trust() {
    // The class initialiser did it.
  }
}
