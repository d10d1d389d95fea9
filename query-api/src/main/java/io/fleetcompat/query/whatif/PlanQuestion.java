package io.fleetcompat.query.whatif;

/**
 * A question for the order in which hosts can be changed. Pure data.
 *
 * @param keep how many other hosts each device must be able to go to at any time
 * @param inUse the devices that need a place
 */
public record PlanQuestion(HypotheticalChange change, int keep, InUse inUse) {

  /** The devices that machines use, as far as anybody knows. */
  public enum InUse {
    /** All that exist. */
    ALL,
    /**
     * Those that somebody has made: mdev devices. Functions and virtio devices are there whether a
     * machine uses them or not, and whoever asks knows that none does.
     */
    MDEV
  }
}
