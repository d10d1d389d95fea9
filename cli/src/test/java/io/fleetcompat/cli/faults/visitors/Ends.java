package io.fleetcompat.cli.faults.visitors;

/** The ends of threads. */
final class Ends {

  private Ends() {}

  /** Waits for it, also where the waiting thread is interrupted. */
  static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
