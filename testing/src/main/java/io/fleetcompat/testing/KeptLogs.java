package io.fleetcompat.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The extension that keeps the logs of all processes where a test fails, and says in the failure
 * where they are. Integration tests have it without a word of their own (the parent pom).
 */
public final class KeptLogs implements AfterTestExecutionCallback {

  /** The note below a failure. */
  static final class Note extends Exception {
    private static final long serialVersionUID = 1;

    Note(Path kept) {
      super("the logs of the processes are kept in " + kept, null, false, false);
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      String test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
      Note note = new Note(ProcessLogs.keep(test));
      context.getExecutionException().get().addSuppressed(note);
    }
  }
}
