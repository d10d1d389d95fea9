package io.fleetcompat.cli.fuzz;

import io.fleetcompat.cli.tree.ArchiveProperties;
import io.fleetcompat.testing.fuzz.FuzzTarget;
import io.fleetcompat.testing.fuzz.FuzzedParsers;
import java.util.List;

/** The parsers of topics, and of the files that people write. */
class FuzzedFilesTest extends FuzzedParsers {

  @Override
  protected List<FuzzTarget> targets() throws Exception {
    TextProperties texts = new TextProperties();
    ArchiveProperties archives = new ArchiveProperties();
    return List.of(
        new FuzzTarget("record", RecordProperties.samples(), RecordProperties::value),
        new FuzzTarget("record-key", RecordProperties::key),
        new FuzzTarget("profile", RecordProperties.profiles(), RecordProperties::profile),
        new FuzzTarget("rule-pack", TextProperties.packs(), TextProperties::pack),
        new FuzzTarget("pack-cases", TextProperties.cases(), texts::cases),
        new FuzzTarget("alert-rules", TextProperties.alerts(), TextProperties::alertRules),
        new FuzzTarget("overrides", TextProperties::overrides),
        new FuzzTarget("settings", TextProperties::settings),
        new FuzzTarget("time", TextProperties::time),
        new FuzzTarget("size", TextProperties::size),
        new FuzzTarget("key-file", texts::keyFile),
        new FuzzTarget("message", TextProperties::message),
        new FuzzTarget("archive", ArchiveProperties.samples(), archives::archive),
        new FuzzTarget("manifest", ArchiveProperties::manifest));
  }
}
