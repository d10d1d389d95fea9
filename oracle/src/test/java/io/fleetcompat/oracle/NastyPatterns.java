package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Invents the interface of 3.2 in all its spellings, of one node at a time. */
final class NastyPatterns {

  private static final List<String> KEYS = List.of("type", "pci_id", "aggregator", "mode");
  private static final List<String> VALUES =
      List.of(
          "1",
          "2",
          "4",
          "80865963",
          "8086:5963",
          "",
          "\"\"",
          "\"a, b\"",
          "a,b",
          "i915_4",
          " x",
          "vfio_pci",
          "vfio-pci",
          "i915_8",
          "01",
          "\"",
          "a\tb",
          "2/2");
  private static final List<String> TEMPLATES =
      List.of(
          "{v:int:1,2,4,8}",
          "i915_{v:int:2,4,8}",
          "{v}",
          "{v}/2",
          "i915_{v}",
          "{s:string:\"a\",\"b\"}",
          "{s},b",
          "{s}",
          "{v:int:01,2}",
          "vfio{s:string:\"_pci\",\"-pci\"}",
          "{w:int:2,4}/2",
          "{v}{v}",
          "{v:int:1}{w:int:1,2}",
          "{v:float:1}",
          "{v",
          "v}",
          "{}",
          "{1v:int:1}",
          "{v:int:}",
          "{v:string:a}",
          "{s:string:\"}\"}",
          "{v}/0",
          "{v}/x",
          "{s}/2",
          "\"{v:int:1,2}\"",
          "{v:int: 1 , 2 }",
          "{v:int}",
          "8086{v:int:5963}",
          "{a{b}",
          "{s:string:\"a,b\"}",
          "{s:string:\"\"}");

  private final Random random;

  NastyPatterns(Random random) {
    this.random = random;
  }

  /** One or two spellings; two mostly of the same content. */
  void interfaceOf(Map<String, Attribute> node) {
    List<Map<String, String>> selves = blocks(false);
    List<Map<String, String>> patterns = blocks(true);
    boolean both = random.nextInt(6) == 0;
    boolean folder = random.nextBoolean();
    if (folder || both) {
      folder(node, selves, patterns);
    }
    if (!folder || both) {
      if (random.nextInt(4) == 0) {
        selves = blocks(false);
      }
      String file = random.nextBoolean() ? json(selves, patterns) : oneFile(selves, patterns);
      put(node, "migration_compatible", file);
    }
  }

  private List<Map<String, String>> blocks(boolean templates) {
    List<Map<String, String>> blocks = new ArrayList<>();
    int count = random.nextInt(8) == 0 ? random.nextInt(4) : templates ? 1 + random.nextInt(2) : 1;
    for (int i = 0; i < count; i++) {
      Map<String, String> block = new TreeMap<>();
      for (String key : KEYS) {
        if (random.nextInt(3) > 0) {
          boolean template = templates && random.nextInt(3) == 0;
          block.put(key, pick(template ? TEMPLATES : VALUES));
        }
      }
      blocks.add(block);
    }
    return blocks;
  }

  private void folder(
      Map<String, Attribute> node,
      List<Map<String, String>> selves,
      List<Map<String, String>> patterns) {
    if (random.nextInt(10) > 0) {
      if (random.nextBoolean() && selves.size() == 1) {
        directory(node, "migration/self", selves.getFirst());
      } else {
        put(node, "migration/self", blockText(selves, "SELF:"));
      }
    }
    if (random.nextInt(10) > 0) {
      if (random.nextBoolean()) {
        directories(node, patterns);
      } else {
        put(node, "migration/compatible", blockText(patterns, "COMPATIBLE:"));
      }
    }
  }

  private void directory(Map<String, Attribute> node, String path, Map<String, String> block) {
    node.put(path, Attribute.DIRECTORY);
    block.forEach((key, value) -> put(node, path + "/" + key, lines(value)));
    if (random.nextInt(15) == 0) {
      node.put(path + "/power", Attribute.DIRECTORY);
      put(node, path + "/power/control", "auto");
    }
  }

  private void directories(Map<String, Attribute> node, List<Map<String, String>> patterns) {
    String path = "migration/compatible";
    node.put(path, Attribute.DIRECTORY);
    boolean first = patterns.size() == 1 && random.nextBoolean();
    for (int i = 0; i < patterns.size(); i++) {
      directory(node, first ? path : path + "/" + (i * 9 + 1), patterns.get(i));
    }
    if (random.nextInt(10) == 0) {
      put(node, path + "/" + pick(KEYS), pick(VALUES));
    }
  }

  private String lines(String value) {
    return switch (random.nextInt(12)) {
      case 0 -> value + "\n" + pick(VALUES);
      case 1 -> value + "\n\n" + pick(TEMPLATES);
      default -> value;
    };
  }

  private String blockText(List<Map<String, String>> blocks, String header) {
    StringBuilder text = new StringBuilder();
    for (Map<String, String> block : blocks) {
      text.append(random.nextBoolean() ? header : "").append('\n').append(entries(block, ""));
    }
    return text.toString().stripTrailing();
  }

  private String oneFile(List<Map<String, String>> selves, List<Map<String, String>> patterns) {
    StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "x=1\n" : "# it\n");
    selves.forEach(self -> text.append("SELF:\n").append(entries(self, "  ")));
    patterns.forEach(pattern -> text.append("COMPATIBLE: # or\n").append(entries(pattern, "\t")));
    return text.toString();
  }

  private String entries(Map<String, String> block, String indent) {
    StringBuilder text = new StringBuilder();
    block.forEach(
        (key, value) ->
            text.append(indent)
                .append(key)
                .append(pick(List.of("=", "=", "=", " = ", random.nextInt(9) == 0 ? "" : "=")))
                .append(value)
                .append(random.nextInt(12) == 0 ? " # why" : "")
                .append('\n'));
    if (random.nextInt(25) == 0) {
      text.append(indent).append("type=1\n");
    }
    return text.toString();
  }

  private String json(List<Map<String, String>> selves, List<Map<String, String>> patterns) {
    return switch (random.nextInt(25)) {
      case 0 -> "{\"self\": [{\"a\": 1}]}";
      case 1 -> "{\"self\": {}, \"compatible\": []}";
      case 2 -> "{\"self\": [{\"a\": \"1\" \"b\": \"2\"}]}";
      case 3 -> "{\"self\": [{\"a\": \"\\u0001\"}], \"compatible\": [{\"a\": \"\\u0001\"}]}";
      case 4 -> "{\"self\": [{\"a\": \"1\", \"a\": \"1\"}], \"compatible\": [{\"a\": \"1\"}]}";
      case 5 -> "{\"self\": [{\"a\": \"1\"}]} x";
      case 6 -> "{\"self\": [{\"a\": \"1\"}], \"other\": []}";
      case 7 -> "{\"compatible\": " + array(patterns) + "}";
      default -> "{\"self\": " + array(selves) + ",\n \"compatible\": " + array(patterns) + "}";
    };
  }

  private static String array(List<Map<String, String>> blocks) {
    StringBuilder json = new StringBuilder("[");
    for (Map<String, String> block : blocks) {
      json.append(json.length() > 1 ? ", {" : "{");
      String separator = "";
      for (Map.Entry<String, String> entry : block.entrySet()) {
        String value =
            entry.getValue().replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
        json.append(separator).append("\"%s\": \"%s\"".formatted(entry.getKey(), value));
        separator = ", ";
      }
      json.append('}');
    }
    return json.append(']').toString();
  }

  private void put(Map<String, Attribute> node, String path, String text) {
    NastyEndpoints.attribute(random, text).ifPresent(attribute -> node.put(path, attribute));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
