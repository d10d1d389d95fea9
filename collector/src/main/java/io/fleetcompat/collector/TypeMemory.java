package io.fleetcompat.collector;

import io.fleetcompat.collector.state.SupportedTypesFile;
import io.fleetcompat.collector.sysfs.readers.SupportedTypes;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of what one host's cards support, and the file that it outlives a restart in, where
 * there is one. A file that cannot be written is said once, until it can be: then what is
 * remembered is lost with the process. One thread at a time.
 */
final class TypeMemory {

  private static final Logger LOG = LoggerFactory.getLogger(TypeMemory.class);

  private SupportedTypes types;
  private final Optional<SupportedTypesFile> file;
  private final InstantSource clock;
  private boolean unsaved;
  private boolean complained;

  /** The memory that a file has; without one, an empty memory. */
  TypeMemory(Optional<SupportedTypesFile> file, InstantSource clock) {
    this.types = SupportedTypes.remembering(file.map(SupportedTypesFile::read).orElse(List.of()));
    this.file = file;
    this.clock = clock;
  }

  SupportedTypes types() {
    return types;
  }

  /** Takes back all that was learned since. */
  void remember(List<SupportedTypes.SeenCard> before) {
    types = SupportedTypes.remembering(before);
  }

  Instant now() {
    return clock.instant();
  }

  /** Writes what is new since it was written last. */
  void keep() {
    unsaved |= types.takeChanged();
    if (!unsaved || file.isEmpty()) {
      return;
    }
    try {
      file.get().write(types.cards());
      unsaved = false;
      complained = false;
    } catch (IOException e) {
      if (!complained) {
        LOG.warn("What the cards support is not kept over a restart: {}", e.toString());
        complained = true;
      }
    }
  }
}
