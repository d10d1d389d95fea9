package io.fleetcompat.collector.sysfs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The reads of files on a worker thread, so that a read that hangs costs a deadline and a thread,
 * never the scan. Files are handed over in batches: a file that does not hang costs no thread
 * switch of its own. A path that hangs is not tried again until its read has returned.
 *
 * <p>One caller at a time; the worker goes away when it has been idle for {@link #IDLE}.
 */
final class DeadlineReads implements AutoCloseable {

  /** Reads that may hang at once; beyond it nothing is read, and everything is ETIMEDOUT. */
  static final int MAX_HANGING = 32;

  /** All hangs of one scan together may take this many deadlines; then hangs are cut short. */
  static final int MAX_DEADLINES = 4;

  /** Deadline of a read once the scan has spent its share of waiting. */
  static final Duration SHORT_DEADLINE = Duration.ofMillis(50);

  static final Duration IDLE = Duration.ofSeconds(5);

  /** Files as they are read, however long that takes: {@link FileRead}, or a test's own. */
  interface Files {
    FileRead.Result read(FileCalls libc, FileRead.Request request);
  }

  private static final long STACK_BYTES = 256 << 10;

  private final Files files;
  private final IntFunction<FileCalls> calls;
  private final long deadline;
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @org.jspecify.annotations.Nullable Worker worker;
  private long patience;

  /**
   * @param calls of a worker, with a buffer of that many bytes
   */
  DeadlineReads(Files files, IntFunction<FileCalls> calls, Duration deadline) {
    this.files = files;
    this.calls = calls;
    this.deadline = deadline.toNanos();
    this.patience = MAX_DEADLINES * this.deadline;
  }

  /** A new scan: it may wait anew. */
  void startScan() {
    patience = MAX_DEADLINES * deadline;
  }

  /** Number of reads that have not returned. */
  int hanging() {
    return hanging.size();
  }

  /** One result per request, in order; returns in bounded time whatever the files do. */
  List<FileRead.Result> read(List<FileRead.Request> requests) {
    List<FileRead.Result> results = new ArrayList<>(requests.size());
    while (results.size() < requests.size()) {
      int next = results.size();
      if (hanging.size() >= MAX_HANGING || hanging.contains(requests.get(next).path())) {
        results.add(FileRead.Result.HANGS);
        continue;
      }
      Batch batch = new Batch(untilHanging(requests.subList(next, requests.size())));
      hand(batch);
      long patient = Math.min(deadline, Math.max(patience, SHORT_DEADLINE.toNanos()));
      results.addAll(batch.await(patient));
      if (batch.abandoned) {
        patience -= patient;
        synchronized (lock) {
          worker = null;
        }
      }
    }
    return results;
  }

  private List<FileRead.Request> untilHanging(List<FileRead.Request> requests) {
    for (int i = 0; i < requests.size(); i++) {
      if (hanging.contains(requests.get(i).path())) {
        return requests.subList(0, i);
      }
    }
    return requests;
  }

  private void hand(Batch batch) {
    synchronized (lock) {
      Worker current = worker;
      if (current == null) {
        current = new Worker();
        Thread thread = new Thread(null, current, "sysfs-reader", STACK_BYTES);
        thread.setDaemon(true);
        thread.start(); // may throw, and then there is no worker
        worker = current;
      }
      current.batches.add(batch);
    }
  }

  private static void rethrow(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("the thread that reads files died", cause);
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (worker != null) {
        worker.batches.add(new Batch(List.of()));
        worker = null;
      }
    }
  }

  /** Reads batches until it is idle, told to stop by an empty batch, or abandoned. */
  private final class Worker implements Runnable {

    private final BlockingQueue<Batch> batches = new LinkedBlockingQueue<>();

    @Override
    public void run() {
      try (FileCalls libc = calls.apply(Bounds.FILE_BYTES + 1)) {
        Batch batch = next();
        while (batch != null && !batch.requests.isEmpty() && perform(batch, libc)) {
          batch = next();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        leave(e);
      }
    }

    /** An error is the scan's only once nothing more can be handed to this worker. */
    private boolean perform(Batch batch, FileCalls libc) {
      try {
        return batch.perform(libc);
      } catch (Error e) {
        leave(e);
        batch.fail(e);
        throw e;
      }
    }

    /**
     * Leaves the batches: whoever waits for this worker must not wait for the deadline, and hears
     * what it died of.
     */
    private void leave(Throwable cause) {
      synchronized (lock) {
        if (worker == this) {
          worker = null;
        }
        batches.forEach(batch -> batch.fail(cause));
      }
    }

    private @org.jspecify.annotations.Nullable Batch next() throws InterruptedException {
      Batch batch = batches.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      if (batch != null) {
        return batch;
      }
      synchronized (lock) {
        if (worker == this && batches.isEmpty()) {
          worker = null;
        }
        return batches.poll();
      }
    }
  }

  /** Files in the hands of a worker. Guarded by itself. */
  private final class Batch {

    private final List<FileRead.Request> requests;
    private final List<FileRead.Result> results;
    private long since = System.nanoTime();
    private boolean abandoned;
    private Optional<Throwable> failure = Optional.empty();

    Batch(List<FileRead.Request> requests) {
      this.requests = List.copyOf(requests);
      this.results = new ArrayList<>(requests.size());
    }

    /** False if the caller has given up on this worker meanwhile. */
    boolean perform(FileCalls libc) {
      for (FileRead.Request request : requests) {
        FileRead.Result result = read(libc, request);
        synchronized (this) {
          if (abandoned) {
            hanging.remove(request.path());
            return false;
          }
          results.add(result);
          since = System.nanoTime();
          if (results.size() == requests.size()) {
            notifyAll();
          }
        }
      }
      return true;
    }

    /** One file; what goes wrong with it is its own failure, and any other error the scan's. */
    private FileRead.Result read(FileCalls libc, FileRead.Request request) {
      try {
        return files.read(libc, request);
      } catch (RuntimeException | StackOverflowError e) {
        return FileRead.Result.broken(e);
      }
    }

    synchronized void fail(Throwable cause) {
      failure = Optional.of(cause);
      notifyAll();
    }

    /**
     * All results; or those up to the file that hangs, which is the last.
     *
     * @throws IllegalStateException where the worker died
     */
    synchronized List<FileRead.Result> await(long patient) {
      boolean interrupted = false;
      while (results.size() < requests.size() && failure.isEmpty()) {
        long left = since + patient - System.nanoTime();
        if (left <= 0) {
          abandoned = true;
          hanging.add(requests.get(results.size()).path());
          results.add(FileRead.Result.HANGS);
          break;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      failure.ifPresent(DeadlineReads::rethrow);
      return results;
    }
  }
}
