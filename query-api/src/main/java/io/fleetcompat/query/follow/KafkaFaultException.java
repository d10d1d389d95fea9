package io.fleetcompat.query.follow;

/** Whatever Kafka's client threw: not our mistake, and to be tried again. */
public final class KafkaFaultException extends Exception {

  private static final long serialVersionUID = 1;

  private final RuntimeException fault;

  KafkaFaultException(RuntimeException fault) {
    super(fault);
    this.fault = fault;
  }

  RuntimeException fault() {
    return fault;
  }
}
