package io.fleetcompat.cli.client;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.signal.StopSignal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A task without end that runs until somebody wants the command to stop, which is no failure. */
final class StoppableTask {

  private StoppableTask() {}

  /** A task that ends when it is interrupted. */
  interface Endless {
    void run() throws InterruptedException;
  }

  /** Runs it on a virtual thread; returns the exit status. */
  static int run(Endless task) {
    StopSignal stop = StopSignal.listen();
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    task.run();
                    end.complete(null);
                  } catch (InterruptedException e) {
                    end.complete(null);
                  } catch (RuntimeException | Error e) {
                    end.completeExceptionally(e);
                  } finally {
                    stop.want();
                  }
                });
    try {
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever runs the command in a thread wants it to stop
    }
    thread.interrupt();
    try {
      end.join();
      return stop.stopped(ExitStatus.OK);
    } catch (CompletionException e) {
      int status = e.getCause() instanceof CommandFailure failure ? failure.status() : 1;
      stop.stopped(status);
      throw e.getCause() instanceof CommandFailure failure ? failure : e;
    }
  }
}
