package io.fleetcompat.cli.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.compatibility.pack.PackOption;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that says in words what a rule pack demands. */
@Command(
    name = "explain",
    description =
        "Say in words what a rule pack selects, what each of its rules compares and how, where the"
            + " values come from, what follows, and by which document.",
    footer = {"%nExample:", "  fleetcompat rules explain nvidia-mdev"})
final class RulesExplain extends PackQuestion {

  @Parameters(paramLabel = "PACK", description = "The id of a pack, as 'rules list' has it.")
  private String pack;

  private RulesExplain() {}

  @Override
  public Integer call() {
    RulePacks packs = rules.packs();
    RulePack found = find(packs, pack);
    print(json(packs, found), () -> text(packs, found));
    return ExitStatus.OK;
  }

  /** The lines about the pack as a whole. */
  private static Map<String, String> whole(RulePacks packs, RulePack pack) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("from", PackWords.origin(packs, pack));
    pack.kernel().ifPresent(kernel -> lines.put("kernel", kernel));
    if (!pack.kernelSources().isEmpty()) {
      lines.put("kernel by", PackWords.sources(pack.kernelSources()));
    }
    lines.put("selects", PackWords.selected(pack));
    if (!pack.match().notBound().isEmpty()) {
      lines.put(
          "before VFIO",
          "UNKNOWN where it is still held by " + String.join(", ", pack.match().notBound()));
    }
    lines.put(
        "applies",
        pack.always()
            ? "always, in addition to what the driver itself or another pack says"
            : "only where the driver declares nothing itself");
    pack.noRules().ifPresent(why -> lines.put("says", "UNKNOWN: " + why));
    pack.notMigratable()
        .ifPresent(
            statement -> {
              lines.put("says", "INCOMPATIBLE, always: " + statement.reason());
              if (!statement.exemption().isEmpty()) {
                lines.put("unless", "at both sides " + PackWords.exemption(statement.exemption()));
              }
              lines.put("source", PackWords.sources(statement.sources()));
            });
    lines.put(
        "at once",
        "INCOMPATIBLE, whatever else is unknown: another PCI vendor, kind of device, driver family"
            + " or type name");
    return lines;
  }

  private void text(RulePacks packs, RulePack pack) {
    line(pack.name() + ": " + pack.title());
    lines(whole(packs, pack));
    rules("Differs at once too", pack.identity());
    rules("Rules", pack.rules());
    rules("Rules that the options switch off", pack.switchedOff());
    if (!pack.options().isEmpty()) {
      line("");
      line("Options");
    }
    for (PackOption option : pack.options().values()) {
      line("");
      line(" %s.%s=%s".formatted(pack.id(), option.name(), option.chosen()));
      lines(option(option));
    }
  }

  private void rules(String heading, List<PackRule> rules) {
    if (!rules.isEmpty()) {
      line("");
      line(heading);
    }
    for (PackRule rule : rules) {
      line("");
      line(" " + rule.id());
      lines(PackWords.rule(rule));
    }
  }

  private static Map<String, String> option(PackOption option) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("decides", option.description());
    option
        .values()
        .forEach(
            (value, meaning) ->
                lines.put(
                    value + (value.equals(option.defaultValue()) ? "*" : ""),
                    "%s (%s)"
                        .formatted(meaning.description(), PackWords.sources(meaning.sources()))));
    lines.put("*", "the default");
    return lines;
  }

  private void lines(Map<String, String> lines) {
    lines.forEach((about, words) -> line("  %-12s %s".formatted(about, words)));
  }

  private void line(String text) {
    out().println(Printable.line(text));
  }

  private static ObjectNode json(RulePacks packs, RulePack pack) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("pack", pack.name());
    json.put("title", pack.title());
    whole(packs, pack).forEach(json::put);
    rules(json.putArray("identity"), pack.identity());
    rules(json.putArray("rules"), pack.rules());
    rules(json.putArray("switchedOff"), pack.switchedOff());
    ObjectNode options = json.putObject("options");
    for (PackOption option : pack.options().values()) {
      ObjectNode one = options.putObject(option.name());
      one.put("chosen", option.chosen());
      one.put("default", option.defaultValue());
      one.put("description", option.description());
      ObjectNode values = one.putObject("values");
      option
          .values()
          .forEach(
              (value, meaning) -> {
                ObjectNode means = values.putObject(value);
                means.put("description", meaning.description());
                means.put("source", PackWords.sources(meaning.sources()));
              });
    }
    return json;
  }

  private static void rules(ArrayNode into, List<PackRule> rules) {
    for (PackRule rule : rules) {
      ObjectNode one = into.addObject();
      one.put("rule", rule.id());
      PackWords.rule(rule).forEach(one::put);
    }
  }
}
