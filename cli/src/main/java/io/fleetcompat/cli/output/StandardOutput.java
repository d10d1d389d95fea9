package io.fleetcompat.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The standard output of a command, which remembers that it could not be written: a full disk, or a
 * pipe whose reader has gone. Nobody looks at that while a command prints. Any thread.
 */
public final class StandardOutput extends OutputStream {

  private final OutputStream stream;
  private volatile Optional<IOException> fault = Optional.empty();

  public StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** A writer for what a command prints. */
  public PrintWriter writer() {
    return new PrintWriter(this, true, StandardCharsets.UTF_8);
  }

  /**
   * The exit status of a command that has ended, which is {@link ExitStatus#FAILED} where not all
   * that it printed has been written.
   *
   * @param err is told so, unless the command has told of a failure itself
   */
  public int checked(int status, PrintWriter err) {
    if (fault.isEmpty()) {
      return status;
    }
    if (status != ExitStatus.FAILED) {
      err.println("fleetcompat: " + sentence(String.valueOf(fault.get().getMessage())));
      err.flush();
    }
    return ExitStatus.FAILED;
  }

  /**
   * Ends a command that would print for ever to nobody.
   *
   * @throws CommandFailure where the writer could not write
   */
  public static void requireWhole(PrintWriter out) {
    if (out.checkError()) {
      throw CommandFailure.failed(sentence("its reader has gone, or the disk is full"));
    }
  }

  private static String sentence(String why) {
    return "standard output could not be written (%s): what was printed is not all of it"
        .formatted(why);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      fault = Optional.of(e);
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }
}
