package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.PackDirectory.Look;
import io.fleetcompat.indexer.PackDirectory.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The place where an indexer's rules are from. Immutable.
 *
 * @param policies the operator's choices
 * @param directory of rule packs; empty for the built-in ones alone
 * @param options of packs, by {@code PACK.OPTION}
 * @param reloadEvery time between looks at the directory; 0 for none after the start
 */
public record RuleSource(
    Set<Policy> policies,
    Optional<Path> directory,
    SortedMap<String, String> options,
    Duration reloadEvery) {

  public RuleSource {
    policies = Set.copyOf(policies);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /**
   * The rules as they are now.
   *
   * @throws IllegalArgumentException for what is refused, with file, line, what was expected and
   *     found
   */
  public RuleSet read() {
    return RuleSet.of(policies, PackDirectory.read(directory, options));
  }

  /** A look at what is there, to be compared with another. */
  Look look() {
    return directory.map(PackDirectory::look).orElse(Texts.NONE);
  }

  /**
   * The rules that those texts make.
   *
   * @throws IllegalArgumentException for what is refused
   */
  RuleSet parse(Texts texts) {
    return RuleSet.of(policies, PackDirectory.parse(texts, options));
  }

  /** True where rules may change while an indexer runs. */
  boolean isReloaded() {
    return directory.isPresent() && reloadEvery.isPositive();
  }
}
