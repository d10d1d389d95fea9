package io.fleetcompat.settings;

import java.util.Optional;
import java.util.Set;

/**
 * The names that a group of settings has, where somebody knows them. An interface, since the names
 * of Kafka's settings are Kafka's, which is no dependency of this module.
 */
public interface GroupNames {

  /** Whatever is in a group is a name. */
  GroupNames ANY =
      new GroupNames() {
        @Override
        public boolean refuses(String name, Set<String> given) {
          return false;
        }

        @Override
        public Optional<String> nearest(String name) {
          return Optional.empty();
        }
      };

  /**
   * True for a name in a group that is none.
   *
   * @param given all names that are given
   */
  boolean refuses(String name, Set<String> given);

  /** The name that was probably meant. */
  Optional<String> nearest(String name);
}
