package io.fleetcompat.schemas;

import static io.fleetcompat.schemas.RecordBounds.invalid;

import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProberEndpoint;
import io.fleetcompat.schemas.avro.ProberKey;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for questions to drivers and their answers, beyond their schemas. */
final class ProbeRules {

  private static final Pattern ERRNO_NAME = Pattern.compile("E[A-Z0-9]{1,31}");

  private ProbeRules() {}

  static void prober(Prober prober) throws BadRecordException {
    HostName.require(prober.getHost());
    if (prober.getEndpoints().size() > Limits.ENDPOINTS) {
      throw invalid("at most " + Limits.ENDPOINTS + " endpoints", "more");
    }
    for (ProberEndpoint endpoint : prober.getEndpoints()) {
      endpoint(endpoint.getEndpoint());
    }
    ProberKey key = prober.getKey();
    if (key != null) {
      KeyRules.proberKey(key);
    }
  }

  static void request(ProbeRequest request) throws BadRecordException {
    HostName.require(request.getHost());
    RecordKeys.PROBE.parse(request.getPair());
    endpoint(request.getEndpoint());
    string("text", request.getText());
    string("own", request.getOwn());
    word("mdevType", request.getMdevType());
    word("driver", request.getDriver());
    word("device", request.getDevice());
  }

  static void result(ProbeResult result) throws BadRecordException {
    HostName.require(result.getHost());
    RecordKeys.PROBE.parse(result.getPair());
    endpoint(result.getEndpoint());
    errno(result.getErrno(), result.getName());
    length("detail", result.getDetail(), Limits.PROBE_DETAIL);
    boolean refused = result.getOutcome() == ProbeOutcomeKind.REFUSED;
    boolean accepted = result.getOutcome() == ProbeOutcomeKind.ACCEPTED;
    if ((refused && result.getErrno() == 0) || (accepted && result.getErrno() != 0)) {
      throw invalid("an errno exactly where a string was refused", "" + result.getErrno());
    }
  }

  static void pair(ProbedPair pair) throws BadRecordException {
    string("source", pair.getSource());
    length("destination", pair.getDestination(), Limits.PROBE_CLASS);
    InconclusiveProbe inconclusive = pair.getInconclusive();
    int least = inconclusive == null ? 1 : 0;
    int answers = pair.getAnswers().size();
    if (answers < least || answers > Limits.PROBE_ANSWERS) {
      throw invalid(least + " to " + Limits.PROBE_ANSWERS + " answers", "" + answers);
    }
    List<Integer> generations = pair.getGenerations();
    if (!generations.isEmpty() && generations.size() != answers) {
      throw invalid("a generation for each of " + answers + " answers", "" + generations.size());
    }
    if (generations.stream().anyMatch(generation -> generation < 0)) {
      throw invalid("generations from 0", "" + Collections.min(generations));
    }
    for (ProbedAnswer answer : pair.getAnswers()) {
      HostName.require(answer.getHost());
      endpoint(answer.getEndpoint());
      errno(answer.getErrno(), answer.getName());
    }
    if (inconclusive != null) {
      inconclusive(inconclusive);
    }
  }

  private static void inconclusive(InconclusiveProbe probe) throws BadRecordException {
    HostName.require(probe.getHost());
    endpoint(probe.getEndpoint());
    errno(probe.getErrno(), probe.getName());
    length("detail", probe.getDetail(), Limits.PROBE_DETAIL);
  }

  private static void endpoint(String name) throws BadRecordException {
    try {
      EndpointName _ = EndpointName.parse(name);
    } catch (IllegalArgumentException e) {
      throw invalid("an endpoint's name", String.valueOf(e.getMessage()));
    }
  }

  private static void errno(int errno, String name) throws BadRecordException {
    boolean named = errno > 0 && ERRNO_NAME.matcher(name).matches();
    if (!named && !(errno == 0 && name.isEmpty())) {
      throw invalid("an errno with its name, or 0 with none", errno + " " + Quoted.of(name));
    }
  }

  /** A string that a driver gets whole. */
  private static void string(String what, String text) throws BadRecordException {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > Limits.OPAQUE_BYTES) {
      throw invalid(what + " of 1 to " + Limits.OPAQUE_BYTES + " bytes", "" + bytes);
    }
  }

  private static void word(String what, @Nullable String word) throws BadRecordException {
    if (word != null) {
      length(what, word, Limits.VALUE);
    }
  }

  private static void length(String what, String text, int most) throws BadRecordException {
    if (text.length() > most) {
      throw invalid(what + " of at most " + most + " characters", "" + text.length());
    }
  }
}
