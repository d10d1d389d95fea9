package io.fleetcompat.benchmarks.jmh;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.schemas.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The cost of a host's mark on a record, and of the check of it, beside the JDK's Ed25519 over the
 * same bytes, which ADR 0036 did not take.
 */
public class Marks extends LibraryBenchmark {

  /** The size of a record: of a heartbeat, and of the document of a host with many endpoints. */
  @Param({"300", "100000"})
  private int bytes;

  private FleetKey fleet = FleetKey.random(new SecureRandom());
  private HostKey host = fleet.host("host-0001", 1);
  private HostRecord record = new HostRecord("", new byte[0], null);
  private Headers headers = new RecordHeaders();
  private byte[] value = {};
  private byte[] signature = {};
  private KeyPair pair = new KeyPair(null, null);

  @Setup
  public void prepare() throws GeneralSecurityException {
    value = new byte[bytes];
    new Random(SEED).nextBytes(value);
    record = new HostRecord("host-inventory", "host-0001".getBytes(StandardCharsets.UTF_8), value);
    headers = new RecordHeaders(new Header[] {host.markDocument(record, 1, 1)});
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    signature = ed25519Sign();
  }

  @Benchmark
  public Object mark() {
    return host.markDocument(record, 1, 1);
  }

  @Benchmark
  public Object check() throws BadRecordException {
    return fleet.checkDocument("host-0001", record, headers, Generations.ANY);
  }

  @Benchmark
  public byte[] ed25519Sign() throws GeneralSecurityException {
    Signature signing = Signature.getInstance("Ed25519");
    signing.initSign(pair.getPrivate());
    signing.update(value);
    return signing.sign();
  }

  @Benchmark
  public boolean ed25519Verify() throws GeneralSecurityException {
    Signature verifying = Signature.getInstance("Ed25519");
    verifying.initVerify(pair.getPublic());
    verifying.update(value);
    return verifying.verify(signature);
  }
}
