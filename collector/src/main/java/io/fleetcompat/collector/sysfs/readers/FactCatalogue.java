package io.fleetcompat.collector.sysfs.readers;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The facts that rules know, by which lines of files are checked while their place is at hand. An
 * interface, since the catalogue is the rules' and no module below them sees it; {@link #OPEN} is
 * for whoever reads without rules.
 */
public interface FactCatalogue {

  /** A catalogue for which any name and any value is right. */
  FactCatalogue OPEN =
      new FactCatalogue() {
        @Override
        public SortedSet<String> names() {
          return Collections.emptySortedSet();
        }

        @Override
        public Optional<String> problem(String name, String value) {
          return Optional.empty();
        }
      };

  /** The names of all facts, without those that are an operator's own. */
  SortedSet<String> names();

  /** The fault of a fact: what was expected and found; empty for one that a rule can use. */
  Optional<String> problem(String name, String value);
}
