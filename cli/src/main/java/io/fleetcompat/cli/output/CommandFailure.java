package io.fleetcompat.cli.output;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The end of a command without its answer: a message for people and the exit status. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Most causes told: a chain may be a circle. */
  public static final int MAX_CAUSES = 8;

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

  /** The message of a failure and what its causes add: Kafka's clients put the reason there. */
  public static String why(Throwable failure) {
    StringBuilder why = new StringBuilder(said(failure));
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String message = cause.getMessage();
      if (message != null && why.indexOf(message) < 0) {
        why.append(": ").append(message);
      }
      cause = cause.getCause();
    }
    return why.toString();
  }

  /** A file's failure says only its name, and leaves what happened to its class. */
  private static String said(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException e -> "expected a file or directory, found none: " + e.getFile();
      case AccessDeniedException e -> "may not be read or written: " + e.getFile();
      case NotDirectoryException e -> "expected a directory, found none: " + e.getFile();
      case FileAlreadyExistsException e -> "expected a directory, found a file: " + e.getFile();
      default -> String.valueOf(failure.getMessage());
    };
  }

  public int status() {
    return status;
  }
}
