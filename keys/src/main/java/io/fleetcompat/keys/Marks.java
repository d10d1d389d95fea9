package io.fleetcompat.keys;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.util.function.IntPredicate;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The check of a record's mark. Pure. */
final class Marks {

  private Marks() {}

  /**
   * @param root from which the secrets of hosts are derived
   * @param accepted the generations of the host's key that count
   * @throws BadRecordException if the host has not marked it, or with a key that does not count
   */
  static RecordStamp check(
      Secret root, String host, HostRecord record, Headers headers, IntPredicate accepted)
      throws BadRecordException {
    Header header = headers.lastHeader(RecordMark.HEADER);
    RecordMark mark = RecordMark.parse(header == null ? null : header.value());
    int generation = mark.stamp().generation();
    if (!mark.isOf(record, root.derive(host, generation))) {
      throw new BadRecordException(
          Code.FORGED,
          "a mark that the key of host " + Quoted.of(host) + " makes",
          "another one, which names generation " + generation);
    }
    if (!accepted.test(generation)) {
      throw new BadRecordException(
          Code.FORGED,
          "the mark of a key of host " + Quoted.of(host) + " that is registered and not revoked",
          "one of its generation " + generation);
    }
    return mark.stamp();
  }
}
