package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.pack.Failure;
import java.util.List;
import java.util.Optional;

/**
 * The pack that a reason comes from.
 *
 * @param pack id and version, spelled {@code nvidia-mdev@1}
 * @param failure when a migration would fail of it; empty where no document says so
 * @param documents the citations that the rule rests on
 */
public record PackBasis(String pack, Optional<Failure> failure, List<String> documents) {

  public PackBasis {
    documents = List.copyOf(documents);
  }
}
