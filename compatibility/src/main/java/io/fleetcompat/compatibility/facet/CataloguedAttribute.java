package io.fleetcompat.compatibility.facet;

import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.inventory.Attribute;
import java.util.List;
import java.util.Optional;

/**
 * An attribute that rule packs may speak of.
 *
 * @param address scope and path, such as {@code pci/vendor} or {@code fact/nvidia.ecc_mode}
 * @param title a noun phrase
 * @param values the values of a {@link ValueType#ONE_OF}; else empty
 * @param separator of a {@link ValueType#LIST}; else empty
 * @param form that values have beyond their type, where they have one
 * @param unit where it is a number of something
 * @param drivers the drivers for whose endpoints it is kept; empty for all
 * @param suppliedBy {@code collector}, {@code operator}, or scripts of {@code collector/facts}
 * @param supply a sentence that says how to supply it
 * @param sources the documents that define it
 */
public record CataloguedAttribute(
    String address,
    String title,
    ValueType type,
    List<String> values,
    String separator,
    Optional<ValueForm> form,
    Optional<String> unit,
    List<String> drivers,
    String suppliedBy,
    String supply,
    List<Citation> sources) {

  public CataloguedAttribute {
    values = List.copyOf(values);
    drivers = List.copyOf(drivers);
    sources = List.copyOf(sources);
    if (address.indexOf('/') < 1) {
      throw new IllegalArgumentException("an address is SCOPE/PATH, not " + address);
    }
  }

  /** An attribute that an operator named. */
  static CataloguedAttribute ofSite(String address) {
    return new CataloguedAttribute(
        address,
        "a fact of the operator's own",
        ValueType.TEXT,
        List.of(),
        "",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "operator",
        "state " + address.substring(AttributeCatalogue.FACT.length() + 1) + "=<value>",
        List.of());
  }

  /** The part before the first slash: {@code pci}, {@code fact}, … */
  public String scope() {
    return address.substring(0, address.indexOf('/'));
  }

  /** The part after it. */
  public String path() {
    return address.substring(address.indexOf('/') + 1);
  }

  /** True where the endpoints of that driver keep it. */
  public boolean isKeptFor(String driver) {
    return drivers.isEmpty() || drivers.contains(driver);
  }

  /** The value in its one spelling, or why there is none: what does not fit is malformed. */
  public Parsed<String> normal(Attribute attribute) {
    return ((ValueParser<String>) text -> type.normal(text, this)).read(attribute);
  }
}
