package io.fleetcompat.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetDirectoryTest {

  @TempDir Path temp;
  private FleetDirectory directory;

  @BeforeEach
  void open() throws IOException {
    directory = new FleetDirectory(temp);
    host("good", "{\"name\": \"a.example\", \"labels\": {\"pool\": \"p\"}, \"kernel\": \"6.1\"}");
  }

  @Test
  void aHostIsCalledAsItsDocumentSaysAndWithoutOneAsItsFolder() throws IOException {
    Files.createDirectories(temp.resolve("plain/sys"));
    FleetListing listing = directory.look();
    assertThat(listing.hosts()).containsOnlyKeys("a.example", "plain");
    assertThat(host(listing, "a.example").document())
        .isEqualTo(
            new HostDocument(
                Optional.of("a.example"),
                new java.util.TreeMap<>(Map.of("pool", "p")),
                Optional.of("6.1")));
    assertThat(listing.problems()).isEmpty();
  }

  @Test
  void otherFilesAndNamesThatBeginWithADotAreIgnored() throws IOException {
    Files.createDirectories(temp.resolve(".half-written/sys"));
    Files.writeString(temp.resolve("README"), "hello");
    FleetListing listing = directory.look();
    assertThat(listing.hosts()).containsOnlyKeys("a.example");
    assertThat(listing.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"x\"|malformed",
        "[]|malformed",
        "{} {}|malformed",
        "{\"name\": 7}|malformed",
        "{\"name\": null}|malformed",
        "{\"name\": \"x\", \"name\": \"y\"}|malformed",
        "{\"labels\": \"pool\"}|malformed",
        "{\"labels\": {\"pool\": [\"p\"]}}|malformed",
        "{\"labels\": {\"\": \"p\"}}|malformed",
        "{\"kernel\": {}}|malformed",
        "{\"name\": \"a\\u0000b\"}|malformed",
        "{\"name\": \"\"}|bad-name",
        "{\"name\": \"a/b\"}|bad-name",
      })
  void aBadDocumentIsReportedAndTheOthersGoOn(String document, String code) throws IOException {
    host("bad", document);
    FleetListing listing = directory.look();
    assertThat(listing.hosts()).containsOnlyKeys("a.example");
    assertThat(listing.problems()).containsOnlyKeys("bad");
    FleetListing.Problem problem = listing.problems().sequencedValues().getFirst();
    assertThat(problem.code()).hasToString(code);
    assertThat(problem.detail()).startsWith("expected ").contains("found ");
  }

  @Test
  void aFolderWithoutADocumentWhoseNameIsNoHostNameIsNoHost() throws IOException {
    Files.createDirectories(temp.resolve("bad\nname/sys"));
    for (int look = 0; look < 2; look++) {
      FleetListing listing = directory.look();
      assertThat(listing.hosts()).containsOnlyKeys("a.example");
      assertThat(listing.problems()).containsOnlyKeys("bad\nname");
      assertThat(listing.problems().sequencedValues().getFirst().code())
          .isEqualTo(FleetListing.Code.BAD_NAME);
    }
  }

  @Test
  void aDocumentThatIsTooLargeIsNotParsed() throws IOException {
    host("bad", "{\"kernel\": \"" + "6".repeat(HostDocument.MAX_BYTES) + "\"}");
    assertThat(directory.look().problems().sequencedValues().getFirst().code())
        .isEqualTo(FleetListing.Code.TOO_LARGE);
  }

  @Test
  void aHostThatLiesAboutItsNameIsRefusedAndTheOtherKeepsIt() throws IOException {
    host("liar", "{\"name\": \"honest\"}");
    host("honest", "{}");
    host("z-second-liar", "{\"name\": \"a.example\"}");
    FleetListing listing = directory.look();
    assertThat(host(listing, "honest").folder()).isEqualTo(temp.resolve("honest"));
    assertThat(host(listing, "a.example").folder()).isEqualTo(temp.resolve("good"));
    assertThat(listing.problems()).containsOnlyKeys("liar", "z-second-liar");
    assertThat(listing.problems().sequencedValues().getFirst())
        .isEqualTo(
            new FleetListing.Problem(
                FleetListing.Code.NAME_TAKEN,
                "expected a host name of its own, found 'honest', which the folder 'honest' has:"
                    + " correct host.json"));
  }

  @Test
  void linksInPlaceOfFoldersAreRefused() throws IOException {
    Files.createSymbolicLink(temp.resolve("link"), temp.resolve("good"));
    Files.createDirectories(temp.resolve("linked-sys"));
    Files.createSymbolicLink(temp.resolve("linked-sys/sys"), Path.of("../good/sys"));
    Files.createSymbolicLink(temp.resolve("dangling"), Path.of("nowhere"));
    FleetListing listing = directory.look();
    assertThat(listing.hosts()).containsOnlyKeys("a.example");
    assertThat(listing.problems()).containsOnlyKeys("link", "linked-sys");
    assertThat(listing.problems().values()).allMatch(p -> p.code() == FleetListing.Code.LINK);
  }

  @Test
  void aDocumentThatGoesBadIsReportedAndTheHostStaysAsItWas() throws IOException {
    FleetHost before = directory.look().hosts().sequencedValues().getFirst();
    host("good", "{\"name\": \"a.exam");
    FleetListing during = directory.look();
    assertThat(during.hosts()).containsOnlyKeys("a.example");
    assertThat(during.hosts().sequencedValues().getFirst()).isEqualTo(before);
    assertThat(during.problems()).containsOnlyKeys("good");
    host("good", "{\"name\": \"b.example\"}");
    assertThat(directory.look().hosts()).containsOnlyKeys("b.example");
    assertThat(directory.look().problems()).isEmpty();
  }

  @Test
  void aDirectoryThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> new FleetDirectory(temp.resolve("nowhere")).look())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  private static FleetHost host(FleetListing listing, String name) {
    return Optional.ofNullable(listing.hosts().get(name)).orElseThrow();
  }

  private void host(String folder, String document) throws IOException {
    Files.createDirectories(temp.resolve(folder).resolve("sys"));
    Files.writeString(temp.resolve(folder).resolve(HostDocument.FILE), document);
  }
}
