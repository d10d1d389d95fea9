package io.fleetcompat.compatibility.judge;

import java.util.Optional;

/**
 * A rule that was applied to a pair and that the pair satisfies.
 *
 * @param rule rule id, such as {@code software-version}
 * @param facet facet id, such as {@code type-attributes}
 * @param source the attribute's value at the source, in normal form; empty where it has none
 * @param destination what stands against it at the destination, likewise
 * @param detail a sentence
 */
public record PassedRule(
    String rule,
    String facet,
    String attribute,
    Optional<String> source,
    Optional<String> destination,
    String detail) {}
