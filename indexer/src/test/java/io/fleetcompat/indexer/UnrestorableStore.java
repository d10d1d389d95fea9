package io.fleetcompat.indexer;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/** A store that holds nothing, and whose restoring does something else. */
final class UnrestorableStore implements StateStore, StoreBuilder<UnrestorableStore> {

  static final String NAME = "unrestorable";

  private final Runnable atRestore;
  private boolean open;

  UnrestorableStore(Runnable atRestore) {
    this.atRestore = atRestore;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> atRestore.run());
    open = true;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public UnrestorableStore build() {
    return this;
  }

  @Override
  public UnrestorableStore withCachingEnabled() {
    return this;
  }

  @Override
  public UnrestorableStore withCachingDisabled() {
    return this;
  }

  @Override
  public UnrestorableStore withLoggingEnabled(Map<String, String> config) {
    return this;
  }

  @Override
  public UnrestorableStore withLoggingDisabled() {
    return this;
  }

  @Override
  public Map<String, String> logConfig() {
    return Map.of();
  }

  @Override
  public boolean loggingEnabled() {
    return true;
  }
}
