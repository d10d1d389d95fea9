package io.fleetcompat.cli.process;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records that somebody else writes under a host's name. */
final class ForgedRecords {

  private ForgedRecords() {}

  /** The next document of the host, if it had another driver. */
  static byte[] document(HostInventory truth) throws BadRecordException {
    String bytes =
        new String(Codecs.HOST_INVENTORY.encode(truth), StandardCharsets.ISO_8859_1)
            .replace("1.2.0", "1.3.0");
    HostInventory forged =
        Codecs.HOST_INVENTORY.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
    forged.put("sequence", truth.getSequence() + 1);
    forged.put("observedAt", Instant.EPOCH);
    return Codecs.HOST_INVENTORY.encode(forged);
  }

  /** A heartbeat that vouches for that document. */
  static byte[] heartbeat(byte[] document) throws BadRecordException {
    HostInventory named = Codecs.HOST_INVENTORY.decode(document);
    return Codecs.HOST_CAPACITY.encode(
        new HostCapacity(
            named.getHost(),
            named.getEpoch(),
            named.getSequence(),
            Instant.EPOCH,
            Map.of(),
            false,
            List.of(),
            DocumentDigest.of(document).bytes(),
            Map.of()));
  }
}
