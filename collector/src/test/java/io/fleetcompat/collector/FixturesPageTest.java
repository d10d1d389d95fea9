package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.testing.PublishedListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/fixtures.md has what is said of every published listing, and where it was published. */
class FixturesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "fixtures.md");

  /**
   * Packs of which no listing of a host was found, when this was last looked for (November 2026).
   */
  private static final Set<String> NOT_FOUND =
      Set.of("hisi_acc", "ism", "mtty", "nvgrace-gpu", "other-vfio", "virtio-vfio");

  @TempDir Path directory;

  @Test
  void thePageIsMadeFromTheListings() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Listings of real machines

            What operators and projects have published of their hosts, as test data: `testing/src/main/resources/listings/*.yaml`, each with the
            text as it was published, its origin, what was completed and why, and trees of hosts made of it. Every pair below is read, placed and
            judged by a test, and judged a second time by the naive judge. This page is made from them:
            `mvn -pl collector -am test -Dtest=FixturesPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.regenerate=true`.

            """);
    Set<String> packs = new TreeSet<>();
    for (PublishedListing listing : PublishedListing.all()) {
      packs.add(listing.pack());
      page.append(section(listing));
    }
    page.append("## Not found\n\nNo listing of a host was found for these packs: ");
    page.append(
        NOT_FOUND.stream().sorted().map(p -> "`" + p + "`").collect(Collectors.joining(", ")));
    page.append(". What they say is held by the test vectors ([rules](rules.md#6)).\n");
    if (Boolean.getBoolean("golden.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
    for (RulePack pack : RulePacks.builtIn().all()) {
      assertThat(packs.contains(pack.id()))
          .as("a listing of " + pack.id())
          .isNotEqualTo(NOT_FOUND.contains(pack.id()));
    }
  }

  @Test
  void everyListingHasOriginsAndEveryExpectationASource() throws IOException {
    for (PublishedListing listing : PublishedListing.all()) {
      assertThat(listing.published()).as(listing.name()).isNotEmpty();
      for (PublishedListing.Published published : listing.published()) {
        assertThat(published.origin()).as(listing.name()).isNotBlank();
        assertThat(published.text()).as(listing.name()).isNotBlank();
      }
      assertThat(listing.pairs()).as(listing.name()).isNotEmpty();
      for (PublishedListing.Pair pair : listing.pairs()) {
        assertThat(pair.sources()).as(pair.vector().name()).isNotEmpty();
        assertThat(pair.vector().why()).as(pair.vector().name()).isNotBlank();
      }
    }
  }

  private String section(PublishedListing listing) throws IOException {
    StringBuilder section = new StringBuilder("## " + listing.devices() + "\n\n");
    section.append("`").append(listing.name()).append("`");
    section.append(
        listing.pack().equals("none") ? ", no pack\n\n" : ", pack `" + listing.pack() + "`\n\n");
    for (PublishedListing.Published published : listing.published()) {
      section.append("Published in ").append(cell(published.origin())).append(":\n\n```\n");
      section.append(published.text()).append("```\n\n");
    }
    section.append("| completed | why |\n|---|---|\n");
    for (PublishedListing.Completed completed : listing.completed()) {
      section.append("| ").append(cell(completed.what())).append(" | ");
      section.append(cell(completed.why())).append(" |\n");
    }
    section.append("\n| source | destination | what is said | why it is right | rests on |\n");
    section.append("|---|---|---|---|---|\n");
    for (PublishedListing.Pair pair : listing.pairs()) {
      section.append(row(pair));
    }
    return section.append('\n').toString();
  }

  private String row(PublishedListing.Pair pair) throws IOException {
    ReadVector read = ReadVector.of(pair.vector(), directory);
    Verdict verdict = read.judge().judge(Profile.of(read.source()), Profile.of(read.destination()));
    return "| `%s` | `%s` | %s | %s | %s |%n"
        .formatted(
            pair.source(),
            pair.destination(),
            said(verdict),
            cell(pair.vector().why()),
            cell(String.join("; ", pair.sources())));
  }

  private static String said(Verdict verdict) {
    List<String> rules = verdict.reasons().stream().map(FixturesPageTest::spelled).toList();
    List<String> warnings =
        verdict.warnings().stream().map(Warning::rule).map(rule -> "`" + rule + "`").toList();
    return verdict.outcome()
        + (rules.isEmpty() ? "" : ": " + String.join(", ", rules))
        + (warnings.isEmpty() ? "" : "; warnings " + String.join(", ", warnings))
        + verdict
            .failure()
            .filter(f -> verdict.outcome() == Verdict.Outcome.INCOMPATIBLE)
            .map(f -> "; fails " + f + (f.inferred() ? " (inferred)" : ""))
            .orElse("");
  }

  private static String spelled(Reason reason) {
    return "`" + reason.rule() + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
  }
}
