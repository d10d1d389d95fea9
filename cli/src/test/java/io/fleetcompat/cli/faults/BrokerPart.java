package io.fleetcompat.cli.faults;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.broker.BrokerProcess;
import java.io.IOException;
import java.util.Optional;

/** A broker of the stage. What it logs is Kafka's, and is not counted. */
final class BrokerPart implements Part {

  private final String name;
  private final BrokerConfig config;
  private Optional<BrokerProcess> process = Optional.empty();

  BrokerPart(String name, BrokerConfig config) {
    this.name = name;
    this.config = config;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return process.orElseThrow().pid();
  }

  @Override
  public void start() throws IOException, InterruptedException {
    if (process.isPresent()) {
      process.get().restart();
    } else {
      process = Optional.of(BrokerProcess.start(config));
    }
  }

  @Override
  public void kill() throws InterruptedException {
    process.orElseThrow().kill();
  }

  @Override
  public void stop() {
    close();
  }

  @Override
  public long logBytes() {
    return 0;
  }

  @Override
  public String log() {
    return "";
  }

  @Override
  public void close() {
    process.ifPresent(BrokerProcess::close);
  }
}
