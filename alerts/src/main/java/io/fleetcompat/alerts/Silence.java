package io.fleetcompat.alerts;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A time in which alerts that begin are not announced.
 *
 * @param comment why, for whoever wonders
 * @param pools that it is about
 * @param alerts that it is about
 */
public record Silence(String comment, NamePatterns pools, NamePatterns alerts, Period period) {

  /** A time, once or again and again. */
  public sealed interface Period {
    /** True at a moment that is in it. */
    boolean contains(Instant now);
  }

  /** From one moment to another, which is not in it. */
  public record Once(Instant from, Instant until) implements Period {

    @Override
    public boolean contains(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  /**
   * The same hours of some days of each week: a maintenance window.
   *
   * @param at when it begins on these days, by the clocks of the zone
   * @param length at most a week
   */
  public record Weekly(Set<DayOfWeek> days, LocalTime at, Duration length, ZoneId zone)
      implements Period {

    private static final int DAYS_OF_WEEK = 7;

    public Weekly {
      days = Set.copyOf(days);
    }

    @Override
    public boolean contains(Instant now) {
      LocalDate today = now.atZone(zone).toLocalDate();
      for (int back = 0; back <= DAYS_OF_WEEK; back++) {
        LocalDate day = today.minusDays(back);
        Instant begin = day.atTime(at).atZone(zone).toInstant();
        if (days.contains(day.getDayOfWeek())
            && !now.isBefore(begin)
            && now.isBefore(begin.plus(length))) {
          return true;
        }
      }
      return false;
    }
  }

  boolean isAbout(String alert, String pool) {
    return alerts.contains(alert) && pools.contains(pool);
  }
}
