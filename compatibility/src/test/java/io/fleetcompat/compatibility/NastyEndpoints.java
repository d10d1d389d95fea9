package io.fleetcompat.compatibility;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Random endpoints with every facet in every state: few different values, so that many pairs are
 * compatible, among much that is malformed, unreadable or absurd. Equal seeds give equal endpoints.
 */
public final class NastyEndpoints {

  private static final List<String> PATHS =
      List.of(
          "software_version",
          "device_api",
          "compatible_type",
          "compatible_pci_ids",
          "compatible_",
          "dynamic_resources",
          "migration",
          "migration/self",
          "migration/self/a",
          "migration/self/b",
          "migration/compatible",
          "migration/compatible/a",
          "migration/compatible/0",
          "migration/compatible/0/a",
          "migration/compatible/01/b",
          "migration/compatible/power/x",
          "migration_compatible",
          "migration_version",
          "version",
          "device",
          "vendor",
          "status",
          "features");

  private static final List<String> TEXTS =
      List.of(
          "",
          "\"\"",
          "1.2.0",
          "1.3",
          "2.0.0",
          "v1",
          "vfio-pci",
          "vfio_pci",
          "t",
          "t,u",
          "80865963, 8086:193b",
          "a=1",
          "a=1\nb=\n\na={v:int:1,2}\nb={v}/2",
          "a={v:string:\"1\",\"x}\"}-{v}",
          "{v:int:1,2}",
          "{v}",
          "{v}/2",
          "1\n2\n{w:int:1,3}",
          "{",
          "}",
          "SELF:\n  a=1 # c\nCOMPATIBLE:\n  a={v:int:1,2}\n",
          "{\"self\":[{\"a\":\"1\"}],\"compatible\":[{\"a\":\"{v:int:1,2}\"},{}]}",
          "{\"self\":[{\"a\":\"1\",\"a\":\"2\"}]}",
          "{\"self\":[{\"a\":\"\\ud800\"}]}",
          "{\"self\" 💥",
          "0x0001",
          "0x0000000f",
          "0x80",
          "1010",
          "11",
          "\uD83D\uDCA5",
          "x".repeat(5000),
          " ".repeat(300) + ",\t");

  private static final String LETTERS = "ab=\n ,\"{}:/#1290xvintSELF{v:int:1,2}\\[]\u00e9\u0000";

  private final Random random;

  public NastyEndpoints(long seed) {
    this.random = new Random(seed);
  }

  public EndpointBuilder next() {
    EndpointKind[] kinds = EndpointKind.values();
    Optional<String> type =
        random.nextInt(6) == 0 ? Optional.empty() : Optional.of(random.nextInt(4) == 0 ? "u" : "t");
    EndpointBuilder endpoint = EndpointBuilder.of(kinds[random.nextInt(kinds.length)], type);
    for (int i = random.nextInt(8); i > 0; i--) {
      endpoint.own(path(), attribute());
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      endpoint.type(path(), attribute());
    }
    if (random.nextBoolean()) {
      endpoint.pci("vendor", random.nextInt(4) == 0 ? attribute() : new Attribute.Text("0x8086"));
    }
    return random.nextBoolean() ? endpoint : sound(endpoint);
  }

  /** Attributes that make a COMPATIBLE likely. */
  private EndpointBuilder sound(EndpointBuilder endpoint) {
    return endpoint
        .own("software_version", "1." + random.nextInt(3))
        .type("software_version", "1." + random.nextInt(3))
        .own("device_api", "vfio-pci")
        .type("device_api", "vfio-pci");
  }

  public String path() {
    return PATHS.get(random.nextInt(PATHS.size()));
  }

  private Attribute attribute() {
    return switch (random.nextInt(12)) {
      case 0 -> new Attribute.Malformed("not UTF-8 at byte " + random.nextInt(3));
      case 1 -> new Attribute.Unreadable(random.nextBoolean() ? "EIO" : "EINVAL");
      case 2 -> Attribute.DIRECTORY;
      case 3 -> new Attribute.Text(garbage());
      default -> new Attribute.Text(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  /** A short text of what the formats give a meaning to. */
  public String garbage() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
