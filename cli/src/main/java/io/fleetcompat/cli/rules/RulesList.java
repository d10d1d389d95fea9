package io.fleetcompat.cli.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import io.fleetcompat.compatibility.pack.PackOption;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** The command that lists the rule packs in force. */
@Command(
    name = "list",
    description =
        "List every rule pack in force: what it selects, its options, and where it comes from.",
    footer = {
      "%nExamples:",
      "  fleetcompat rules list",
      "  fleetcompat rules list --config /etc/fleetcompat/indexer.properties -o json"
    })
final class RulesList extends PackQuestion {

  private RulesList() {}

  @Override
  public Integer call() {
    RulePacks packs = rules.packs();
    print(json(packs), () -> text(packs));
    return ExitStatus.OK;
  }

  private void text(RulePacks packs) {
    Table table = Table.of("PACK", "SELECTS", "APPLIES", "RULES", "OPTIONS", "FROM", "TITLE");
    for (RulePack pack : packs.all()) {
      table.row(
          pack.name(),
          PackWords.selected(pack),
          pack.always() ? "always" : "undeclared",
          rules(pack),
          pack.options().values().stream()
              .map(option -> option.name() + "=" + option.chosen())
              .collect(Collectors.joining(" ")),
          PackWords.origin(packs, pack),
          pack.title());
    }
    table.print(out());
    out().println();
    out()
        .println(
            Printable.line("%d packs, digest %s".formatted(packs.all().size(), packs.digest())));
    rules.directory().map(PackFiles::misnamed).stream()
        .flatMap(List::stream)
        .forEach(file -> out().println(Printable.line("warning: " + PackFiles.notRead(file))));
  }

  /** The number of rules in force; a word where there is none. */
  private static String rules(RulePack pack) {
    int rules = pack.identity().size() + pack.rules().size();
    if (pack.noRules().isPresent()) {
      return "unknown";
    }
    return rules == 0 ? "always no" : String.valueOf(rules);
  }

  private static ObjectNode json(RulePacks packs) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("digest", packs.digest());
    ArrayNode all = json.putArray("packs");
    for (RulePack pack : packs.all()) {
      ObjectNode one = all.addObject();
      one.put("pack", pack.id());
      one.put("version", pack.version());
      one.put("title", pack.title());
      one.put("applies", pack.always() ? "always" : "undeclared");
      ArrayNode kinds = one.putArray("kinds");
      pack.match().kinds().stream().sorted().forEach(kind -> kinds.add(kind.toString()));
      ArrayNode drivers = one.putArray("drivers");
      pack.match().drivers().forEach(glob -> drivers.add(glob.pattern()));
      one.put("rules", pack.identity().size() + pack.rules().size());
      ObjectNode options = one.putObject("options");
      for (PackOption option : pack.options().values()) {
        ObjectNode values = options.putObject(option.name());
        values.put("chosen", option.chosen());
        values.put("default", option.defaultValue());
        ArrayNode possible = values.putArray("values");
        option.values().keySet().forEach(possible::add);
      }
      packs.fileOf(pack).ifPresentOrElse(file -> one.put("file", file), () -> one.putNull("file"));
      RulePacks.builtIn()
          .find(pack.id())
          .filter(builtIn -> packs.fileOf(pack).isPresent())
          .ifPresent(builtIn -> one.put("inPlaceOf", builtIn.name()));
    }
    return json;
  }
}
