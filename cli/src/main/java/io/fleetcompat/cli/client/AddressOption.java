package io.fleetcompat.cli.client;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says where the API is. */
public final class AddressOption {

  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:FLEETCOMPAT_API:-" + Api.DEFAULT_BASE + "}",
      description =
          "The address of the API (default: $FLEETCOMPAT_API, else " + Api.DEFAULT_BASE + ").")
  private String base;

  private AddressOption() {}

  /**
   * The API at this address.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public Api api(Duration timeout) {
    return Api.at(base, timeout);
  }
}
