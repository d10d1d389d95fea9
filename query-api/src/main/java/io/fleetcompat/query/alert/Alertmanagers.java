package io.fleetcompat.query.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The Alertmanagers that are told of alerts: all members of the cluster, each for itself, as
 * Alertmanager asks of its clients. Any thread.
 */
public final class Alertmanagers implements AutoCloseable {

  private final List<AlertmanagerMember> members;

  public Alertmanagers(
      AlertmanagerConfig config, AlertBoard board, MeterRegistry registry, Clock clock) {
    this.members =
        config.members().stream()
            .map(
                address ->
                    new AlertmanagerMember(
                        address,
                        config,
                        board,
                        new AlertmanagerCounts(registry, address.toString()),
                        clock))
            .toList();
  }

  /**
   * The state of a member, for operators.
   *
   * @param sentAt when it last took all that it was sent
   * @param fault the reason why it did not take what it was last sent
   */
  public record MemberStatus(URI address, Optional<Instant> sentAt, Optional<String> fault) {}

  public void start() {
    members.forEach(AlertmanagerMember::start);
  }

  /** The reason why one of them is told nothing any more, for good; empty while all are. */
  public Optional<String> ended() {
    return members.stream().flatMap(member -> member.ended().stream()).findFirst();
  }

  public List<MemberStatus> status() {
    return members.stream()
        .map(member -> new MemberStatus(member.address(), member.sentAt(), member.fault()))
        .toList();
  }

  @Override
  public void close() {
    members.forEach(AlertmanagerMember::close);
  }
}
