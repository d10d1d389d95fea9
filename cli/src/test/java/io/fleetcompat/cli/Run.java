package io.fleetcompat.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of the command line within this JVM.
 *
 * @param status the exit status
 */
public record Run(int status, String out, String err) {

  public static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(status, out.toString(), err.toString());
  }
}
