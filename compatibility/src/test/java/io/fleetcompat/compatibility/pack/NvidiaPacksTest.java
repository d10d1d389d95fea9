package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The two packs of NVIDIA vGPU, which are one driver with two ways to name a device: what the
 * driver asks is the same, and stands in both files. A pack is one file that an operator can read
 * and copy, so nothing is shared; this holds them equal.
 */
class NvidiaPacksTest {

  /** Of a virtual function that QEMU has as a PCI device of its own; an mdev has none. */
  private static final Set<String> OF_A_FUNCTION_ALONE = Set.of("revision", "class");

  private static final RulePack MDEV = RulePacks.builtIn().find("nvidia-mdev").orElseThrow();
  private static final RulePack VFIO = RulePacks.builtIn().find("nvidia-vfio").orElseThrow();

  private static Map<String, PackRule> rules(RulePack pack) {
    Map<String, PackRule> rules = new TreeMap<>();
    Stream.of(pack.rules(), pack.switchedOff())
        .flatMap(Collection::stream)
        .forEach(rule -> rules.put(rule.id(), withoutPlace(rule, pack)));
    return rules;
  }

  /** The rule without what depends on the file that it is in. */
  private static PackRule withoutPlace(PackRule rule, RulePack pack) {
    return new PackRule(
        rule.id(),
        rule.reason().replace(pack.id() + "/", ""),
        rule.sentence(),
        rule.addresses(),
        rule.range(),
        rule.covers(),
        rule.operator(),
        rule.choice(),
        rule.appliesWhere(),
        rule.exemption(),
        rule.failsWhere(),
        rule.equalIfBoth(),
        rule.missing(),
        rule.missingAtOne(),
        rule.ofDevices(),
        rule.effect(),
        rule.failure(),
        rule.supply(),
        rule.sources(),
        0);
  }

  @Test
  void bothHaveTheSameRulesButForThoseOfAFunction() {
    Map<String, PackRule> ofMdev = rules(MDEV);
    Map<String, PackRule> ofVfio = rules(VFIO);
    Set<String> more = new TreeSet<>(ofVfio.keySet());
    more.removeAll(ofMdev.keySet());
    assertThat(more).isEqualTo(new TreeSet<>(OF_A_FUNCTION_ALONE));
    assertThat(ofMdev).hasSizeGreaterThan(9);
    ofMdev.forEach(
        (id, rule) -> assertThat(ofVfio.get(id)).as(id).usingRecursiveComparison().isEqualTo(rule));
  }

  @Test
  void bothHaveTheSameOptionsAndStandAlike() {
    assertThat(VFIO.options()).isEqualTo(MDEV.options());
    assertThat(VFIO.always()).isEqualTo(MDEV.always());
    assertThat(VFIO.notMigratable()).isEqualTo(MDEV.notMigratable());
  }

  @Test
  void anMdevHasADeviceApiBesideItsName() {
    assertThat(addresses(MDEV)).containsExactly("type/name", "type/device_api");
    assertThat(addresses(VFIO)).containsExactly("type/name");
  }

  private static List<String> addresses(RulePack pack) {
    return pack.identity().stream().flatMap(rule -> rule.addresses().stream()).toList();
  }
}
