package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.Related;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The naive judge's verdicts of pairs, remembered by nothing but the equality of what was read. Any
 * thread.
 */
public final class Expectations {

  private final NaiveJudge judge;
  private final Map<Content, Content> contents = new ConcurrentHashMap<>();
  private final Map<ContentPair, NaiveVerdict> verdicts = new ConcurrentHashMap<>();

  public Expectations(NaiveJudge judge) {
    this.judge = judge;
  }

  /** All that was read of an endpoint, but its name; equal ones are one object. */
  public static final class Content {
    private final Raw raw;
    private final int hash;
    private final Endpoint endpoint;

    private Content(Endpoint endpoint) {
      this.raw =
          new Raw(
              endpoint.kind(),
              endpoint.mdevType(),
              endpoint.own(),
              endpoint.type(),
              endpoint.pci(),
              endpoint.related(),
              endpoint.driver().flatMap(Driver::version),
              endpoint.host().facts());
      this.hash = raw.hashCode();
      this.endpoint = endpoint;
    }

    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof Content c && c.hash == hash && c.raw.equals(raw));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private record Raw(
      EndpointKind kind,
      Optional<String> mdevType,
      Attributes own,
      Attributes type,
      Attributes pci,
      Related related,
      Optional<String> driverVersion,
      Attributes hostFacts) {}

  private record ContentPair(Content source, Content destination, Set<String> turnedOff) {}

  /** Interned, so that comparing two is comparing references. */
  public Content content(Endpoint endpoint) {
    return contents.computeIfAbsent(new Content(endpoint), content -> content);
  }

  /**
   * @param turnedOff the rules that an operator has turned off for the pair
   */
  public NaiveVerdict verdict(Content source, Content destination, Set<String> turnedOff) {
    return verdicts.computeIfAbsent(
        new ContentPair(source, destination, turnedOff),
        pair -> judge.judge(source.endpoint, destination.endpoint, turnedOff));
  }

  public NaiveVerdict verdict(Endpoint source, Endpoint destination, Set<String> turnedOff) {
    return judge.judge(source, destination, turnedOff);
  }

  public int distinctContents() {
    return contents.size();
  }
}
