package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.ChangesAnswer;
import io.fleetcompat.query.history.ChangeFilter;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.schemas.avro.ChangeCause;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parameters that say which changes somebody asks for. */
final class ChangeParameters {

  private static final List<String> NAMES = List.of("cause", "device", "host", "pool");

  private ChangeParameters() {}

  /** Their names and these, sorted. */
  static List<String> and(String... others) {
    return Stream.concat(NAMES.stream(), Arrays.stream(others)).sorted().toList();
  }

  static ChangeFilter filter(Parameters parameters) {
    return new ChangeFilter(
        name(parameters, "host"),
        name(parameters, "pool"),
        name(parameters, "device"),
        parameters.find("cause").map(ChangeParameters::causes).orElse(Set.of()));
  }

  /** A name may be one that nobody has any more: then nothing is listed. */
  private static Optional<String> name(Parameters parameters, String name) {
    return parameters.find(name).map(_ -> parameters.require(name));
  }

  private static Set<ChangeCause> causes(String text) {
    EnumSet<ChangeCause> causes = EnumSet.noneOf(ChangeCause.class);
    for (String cause : text.split(",", -1)) {
      causes.add(
          Arrays.stream(ChangeCause.values())
              .filter(each -> ChangesAnswer.spelling(each).equals(cause.strip()))
              .findFirst()
              .orElseThrow(() -> noCause(cause)));
    }
    return causes;
  }

  private static Problem noCause(String cause) {
    List<String> all = Arrays.stream(ChangeCause.values()).map(ChangesAnswer::spelling).toList();
    return new Problem(
        Code.BAD_REQUEST,
        "cause: expected some of %s, with commas between them, found %s"
            .formatted(String.join(", ", all), Problem.quote(cause)));
  }
}
