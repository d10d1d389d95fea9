package io.fleetcompat.cli.rules;

/** A pack of an operator's own, for a driver that no built-in pack names. */
public final class AcmePack {

  /** The file; its first line is a comment. */
  public static final String TEXT =
      """
      # ours
      pack: acme
      version: 2
      title: ACME functions
      match: {kind: [pci], driver: [acme_vfio_pci]}
      options:
        level:
          description: whether the level must be known
          default: required
          values:
            required: {description: it must, source: [{document: ACME manual, section: "2"}]}
            any: {description: it need not, source: [{document: ACME manual, section: "3"}]}
      rules:
        - id: level
          sentence: both have the same level
          attribute: fact/site.level
          operator: equal
          if: {option: level, is: required}
          failure: late
          source: [{document: ACME manual, section: "2"}]
        - id: device
          sentence: both have the same device id
          attribute: pci/device
          operator: equal
          source: [{document: ACME manual, section: "1"}]
      """;

  private AcmePack() {}
}
