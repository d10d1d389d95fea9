package io.fleetcompat.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A program of a Debian package that tests run against, where it is installed. */
public final class DebianProgram {

  private DebianProgram() {}

  /** The path of a program; the test is left out where it is not there. */
  public static String require(String program, String ofPackage) {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
            .map(directory -> Path.of(directory, program))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        found.isPresent(),
        "expected " + program + " of Debian's package " + ofPackage + ", found none");
    return found.orElseThrow().toString();
  }
}
