package io.fleetcompat.cli.output;

/** Why a command ends without its answer: a message for people and the exit status. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  public CommandFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  public static CommandFailure failed(String message) {
    return new CommandFailure(ExitStatus.FAILED, message);
  }

  public static CommandFailure usage(String message) {
    return new CommandFailure(ExitStatus.USAGE, message);
  }

  public static CommandFailure notFound(String message) {
    return new CommandFailure(ExitStatus.NOT_FOUND, message);
  }

  public int status() {
    return status;
  }
}
