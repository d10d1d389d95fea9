package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import java.util.Optional;

/**
 * The rules that the code itself has, each with the facet it belongs to and the section of {@code
 * docs/rules.md} that defines it. Those of packs are {@link PackRuleId}s.
 */
public enum FixedRule implements RuleId {
  /** The source has no facet at all. */
  NO_MIGRATION_INTERFACE("no-migration-interface", Home.EVERY_FACET),
  /** The source has a facet that the destination lacks. */
  FACET_MISSING("facet-missing", Home.EVERY_FACET),

  MDEV_TYPE("mdev-type", FacetId.TYPE_ATTRIBUTES),
  DEVICE_API("device-api", FacetId.TYPE_ATTRIBUTES),
  SOFTWARE_VERSION("software-version", FacetId.TYPE_ATTRIBUTES),
  COMPATIBLE_VALUES("compatible-values", FacetId.TYPE_ATTRIBUTES),
  /** A warning: an obligation that the destination does not know. */
  CLAIM_WOULD_FAIL("claim-would-fail", FacetId.TYPE_ATTRIBUTES),

  SELF_COMPATIBLE("self-compatible", FacetId.SELF_COMPATIBLE),

  /** The source has an opaque version and the destination has none. */
  OPAQUE_MISSING("opaque-missing", FacetId.OPAQUE_VERSION),
  OPAQUE_VERSION("opaque-version", FacetId.OPAQUE_VERSION),
  OPAQUE_NOT_MIGRATABLE("opaque-not-migratable", FacetId.OPAQUE_VERSION),
  OPAQUE_UNPROBED("opaque-unprobed", FacetId.OPAQUE_VERSION),
  /** The destination's driver does not take the source's version. */
  OPAQUE_REJECTED("opaque-rejected", FacetId.OPAQUE_VERSION),
  /** Drivers of one class answered differently. */
  OPAQUE_CONFLICT("opaque-conflict", FacetId.OPAQUE_VERSION),
  /** A warning: one host's driver has answered, and no second one has confirmed it. */
  OPAQUE_UNCONFIRMED("opaque-unconfirmed", FacetId.OPAQUE_VERSION),
  VENDOR("vendor", FacetId.OPAQUE_VERSION),

  VIRTIO_DEVICE("virtio-device", FacetId.FEATURE_BITS),
  VIRTIO_NOT_NEGOTIATED("virtio-not-negotiated", FacetId.FEATURE_BITS),
  FEATURE_BITS("feature-bits", FacetId.FEATURE_BITS),

  /** A pack speaks for the source, and the destination's driver declares something itself. */
  FACET_MISMATCH("facet-mismatch", FacetId.VENDOR_RULES),
  DEVICE_KIND("device-kind", FacetId.VENDOR_RULES),
  DRIVER_FAMILY("driver-family", FacetId.VENDOR_RULES),
  TYPE_NAME("type-name", FacetId.VENDOR_RULES),
  /** No driver of the family holds a side, which may change. */
  NOT_BOUND("not-bound", FacetId.VENDOR_RULES),
  /** The driver, or this device, has no migration. */
  NOT_MIGRATABLE("not-migratable", FacetId.VENDOR_RULES),
  /** No pack has rules for the source's driver. */
  NO_RULES("no-rules", FacetId.VENDOR_RULES),
  /** A pack speaks for the source, and not one of its rules could be judged. */
  NO_RULE_JUDGED("no-rule-judged", FacetId.VENDOR_RULES),

  /** The index does not have what the verdict needs. */
  NOT_INDEXED("not-indexed", Home.INDEX),
  /** A host has not been heard of for too long. */
  HOST_STALE("host-stale", Home.INDEX);

  private final String spelling;
  private final Optional<FacetId> facet;
  private final String section;

  FixedRule(String spelling, FacetId facet) {
    this.spelling = spelling;
    this.facet = Optional.of(facet);
    this.section = facet.section();
  }

  FixedRule(String spelling, Home home) {
    this.spelling = spelling;
    this.facet = Optional.empty();
    this.section = home.section;
  }

  /** Sections of rules that belong to no facet. */
  private enum Home {
    EVERY_FACET("1"),
    INDEX("4");

    private final String section;

    Home(String section) {
      this.section = section;
    }
  }

  /**
   * True where an operator may turn it off for some pairs: a rule beside which all others are
   * judged, about what a driver or a document demands, not about what the devices are.
   */
  public boolean isOverridable() {
    return switch (this) {
      case SOFTWARE_VERSION, COMPATIBLE_VALUES, OPAQUE_UNPROBED, FEATURE_BITS -> true;
      case NO_MIGRATION_INTERFACE,
          FACET_MISSING,
          MDEV_TYPE,
          DEVICE_API,
          CLAIM_WOULD_FAIL,
          SELF_COMPATIBLE,
          OPAQUE_MISSING,
          OPAQUE_VERSION,
          OPAQUE_NOT_MIGRATABLE,
          OPAQUE_REJECTED,
          OPAQUE_CONFLICT,
          OPAQUE_UNCONFIRMED,
          VENDOR,
          VIRTIO_DEVICE,
          VIRTIO_NOT_NEGOTIATED,
          FACET_MISMATCH,
          DEVICE_KIND,
          DRIVER_FAMILY,
          TYPE_NAME,
          NOT_BOUND,
          NOT_MIGRATABLE,
          NO_RULES,
          NO_RULE_JUDGED,
          NOT_INDEXED,
          HOST_STALE ->
          false;
    };
  }

  @Override
  public Optional<FacetId> facet() {
    return facet;
  }

  @Override
  public String section() {
    return section;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
