package io.fleetcompat.cli.process;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about the keys with which hosts mark what they send. */
@Command(
    name = "keys",
    description =
        "Give hosts keys with which they mark what they send, so that nobody else can speak for"
            + " them (docs/keys.md).",
    subcommands = {
      KeysInit.class,
      KeysAdd.class,
      KeysRotate.class,
      KeysRevoke.class,
      KeysList.class,
      KeysRestore.class
    })
public final class KeysCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private KeysCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "expected one of init, add, rotate, revoke, list and restore after keys");
  }
}
