package io.fleetcompat.benchmarks.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The text of instants, of which the day is kept, as {@code JsonBytes} has it. One thread. */
final class Instants {

  private static final long DAY_MILLIS = 24L * 3600 * 1000;

  private final byte[] text = "2026-11-21T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
  private long day = -1;

  /** RFC 3339 with milliseconds; overwritten by the next. */
  byte[] text(long millis) {
    if (millis / DAY_MILLIS != day) {
      day = millis / DAY_MILLIS;
      byte[] date = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(date, 0, text, 0, date.length);
    }
    int rest = (int) (millis % DAY_MILLIS);
    two(rest / 3_600_000, 11);
    two(rest / 60_000 % 60, 14);
    two(rest / 1000 % 60, 17);
    text[20] = (byte) ('0' + rest % 1000 / 100);
    two(rest % 100, 21);
    return text;
  }

  private void two(int value, int at) {
    text[at] = (byte) ('0' + value / 10);
    text[at + 1] = (byte) ('0' + value % 10);
  }
}
