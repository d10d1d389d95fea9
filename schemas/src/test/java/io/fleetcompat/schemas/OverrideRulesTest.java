package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules for an override's record beyond its schema. */
class OverrideRulesTest {

  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PROFILE = "0123456789abcdef0123456789abcdef";

  @Test
  void oneOfEachScopeIsTaken() throws BadRecordException {
    for (Sample sample :
        List.of(
            new Sample(),
            new Sample()
                .scope(OverrideScopeKind.PROFILE, PROFILE, "fedcba9876543210fedcba9876543210"),
            new Sample().scope(OverrideScopeKind.POOL, "a/pool of any name", "b"))) {
      OverrideRecord record = sample.record();
      assertThat(decoded(record)).isEqualTo(record);
    }
  }

  @Test
  void whoAndWhyAreNeverEmptyAndNeverHuge() {
    refused(new Sample().author(" "), "author");
    refused(new Sample().reason(""), "reason");
    refused(new Sample().reason("x".repeat(Limits.OVERRIDE_REASON + 1)), "reason");
    refused(new Sample().rule("x".repeat(Limits.WORD + 1)), "rule");
    refused(new Sample().scope(OverrideScopeKind.DRIVER, "nvidia", ""), "destination's driver");
  }

  @Test
  void whatPeopleReadHasNoControlCharacters() {
    refused(new Sample().reason("fine\u001b[2J"), "control characters");
    refused(new Sample().author("two\nlines"), "control characters");
  }

  @Test
  void aProfileIsAFingerprint() {
    refused(
        new Sample().scope(OverrideScopeKind.PROFILE, "nvidia", PROFILE), "32 hexadecimal digits");
  }

  @Test
  void itExpiresAfterItWasMade() {
    refused(new Sample().expires(CREATED), "an expiry after the creation");
  }

  @Test
  void whatItReplacesIsAnId() {
    refused(new Sample().replaces("../x"), "an id of 1 to 64");
  }

  @Test
  void aKeyIsAnId() throws BadRecordException {
    assertThat(RecordKeys.OVERRIDE.parse("ecc-lab_2.1")).isEqualTo("ecc-lab_2.1");
    for (String bad : new String[] {"", "-x", "A", "a/b", "a b", "x".repeat(65)}) {
      assertThatExceptionOfType(BadRecordException.class)
          .as(bad)
          .isThrownBy(() -> RecordKeys.OVERRIDE.parse(bad));
    }
  }

  private static void refused(Sample sample, String expected) {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> decoded(sample.record()))
        .withMessageContaining(expected);
  }

  private static OverrideRecord decoded(OverrideRecord record) throws BadRecordException {
    return Codecs.OVERRIDE.decode(Codecs.OVERRIDE.encode(record));
  }

  /** A good record, until something of it is changed. */
  private static final class Sample {
    private String rule = "nvidia-vfio/ecc-mode";
    private OverrideScopeKind scope = OverrideScopeKind.DRIVER;
    private String source = "nvidia";
    private String destination = "nvidia";
    private String author = "an.operator";
    private String reason = "these guests do not mind";
    private @Nullable Instant expires;
    private @Nullable String replaces;

    Sample rule(String changed) {
      rule = changed;
      return this;
    }

    Sample scope(OverrideScopeKind kind, String from, String to) {
      scope = kind;
      source = from;
      destination = to;
      return this;
    }

    Sample author(String changed) {
      author = changed;
      return this;
    }

    Sample reason(String changed) {
      reason = changed;
      return this;
    }

    Sample expires(Instant changed) {
      expires = changed;
      return this;
    }

    Sample replaces(String changed) {
      replaces = changed;
      return this;
    }

    OverrideRecord record() {
      return new OverrideRecord(
          rule, scope, source, destination, author, reason, CREATED, expires, replaces);
    }
  }
}
