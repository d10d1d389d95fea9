package io.fleetcompat.compatibility.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.pack.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A verdict as JSON (docs/rules.md 4). What has no value is {@code null}; {@code state} is there
 * only where a rule could not be judged; {@code failure}, {@code decidedBy}, {@code pack} and
 * {@code source-document} only where a pack spoke; {@code overridden} only where an operator did.
 */
public final class VerdictJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private VerdictJson() {}

  /** Writes the members into an object that the caller opened and will close. */
  public static void write(JsonGenerator json, Verdict verdict) throws IOException {
    json.writeStringField("verdict", verdict.outcome().name());
    writeFailure(json, verdict.failure());
    if (verdict.decidedBy().isPresent()) {
      json.writeObjectFieldStart("decidedBy");
      json.writeStringField("pack", verdict.decidedBy().get().pack());
      write(json, "documents", verdict.decidedBy().get().documents());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("reasons");
    for (Reason reason : verdict.reasons()) {
      write(json, reason);
    }
    json.writeEndArray();
    if (verdict.isOverridden()) {
      json.writeArrayFieldStart("overridden");
      for (Overridden each : verdict.overridden()) {
        write(json, each);
      }
      json.writeEndArray();
    }
    json.writeArrayFieldStart("obligations");
    for (Obligation obligation : verdict.obligations()) {
      write(json, obligation);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("warnings");
    for (Warning warning : verdict.warnings()) {
      write(json, warning);
    }
    json.writeEndArray();
  }

  /** The whole object, on one line. */
  public static String toJson(Verdict verdict) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      write(json, verdict);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string can always be written to", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Overridden overridden) throws IOException {
    json.writeStartObject();
    writeMembers(json, overridden.reason());
    json.writeObjectFieldStart("override");
    json.writeStringField("id", overridden.by().id());
    json.writeStringField("author", overridden.by().author());
    json.writeStringField("reason", overridden.by().reason());
    json.writeStringField("created", overridden.by().created().toString());
    write(json, "expires", overridden.by().expires().map(Instant::toString));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Reason reason) throws IOException {
    json.writeStartObject();
    writeMembers(json, reason);
    json.writeEndObject();
  }

  private static void writeMembers(JsonGenerator json, Reason reason) throws IOException {
    json.writeStringField("rule", reason.rule().toString());
    write(json, "facet", reason.facetId().map(FacetId::toString));
    write(json, "attribute", reason.attribute());
    write(json, "source", reason.source());
    write(json, "destination", reason.destination());
    if (reason instanceof Unjudged unjudged) {
      json.writeStringField("state", unjudged.state().toString());
    }
    json.writeStringField("detail", reason.detail());
    if (reason.pack().isPresent()) {
      json.writeStringField("pack", reason.pack().get().pack());
      writeFailure(json, reason.pack().get().failure());
      write(json, "source-document", reason.pack().get().documents());
    }
  }

  /** {@code failure}; and {@code failureInferred}, where no document says it. */
  private static void writeFailure(JsonGenerator json, Optional<Failure> failure)
      throws IOException {
    if (failure.isPresent()) {
      json.writeStringField("failure", failure.get().toString());
      if (failure.get().inferred()) {
        json.writeBooleanField("failureInferred", true);
      }
    }
  }

  private static void write(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Obligation obligation) throws IOException {
    json.writeStartObject();
    json.writeStringField("attribute", obligation.attribute());
    write(json, "value", obligation.value());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Warning warning) throws IOException {
    json.writeStartObject();
    json.writeStringField("rule", warning.rule().toString());
    write(json, "attribute", warning.attribute());
    json.writeStringField("detail", warning.detail());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }
}
