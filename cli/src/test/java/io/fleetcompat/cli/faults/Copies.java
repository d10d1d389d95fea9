package io.fleetcompat.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories that are copied and deleted, links as links. */
final class Copies {

  private static final String TWIN = "twin";

  private Copies() {}

  /**
   * Starts a second collector of the hosts as they are now, from a copy which stands still. As long
   * as there are both, nobody can know which of them is right.
   */
  static void startTwin(Stage stage) throws Exception {
    Path copy = stage.fleet().resolveSibling("fleet-of-the-twin");
    stage
        .history()
        .standStill(
            _ -> {
              Program.require("cp", "-a", stage.fleet().toString(), copy.toString());
              stage.history().hold();
            });
    stage.startCollector(TWIN, copy);
  }

  /** Ends it. */
  static void stopTwin(Stage stage) throws Exception {
    stage.part(TWIN).stop();
    stage.history().release();
  }

  /** Deletes the state directory of a process. */
  static void deleteState(Stage stage, Step step) throws IOException, InterruptedException {
    Path state = stage.state(step.word(0));
    Program.require("rm", "-rf", state.toString());
    Files.createDirectories(state);
  }
}
