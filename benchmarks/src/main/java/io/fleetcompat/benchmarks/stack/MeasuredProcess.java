package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java process of ours with this process's class path; it is stopped when closed. One thread. */
public final class MeasuredProcess implements AutoCloseable {

  /** Clock ticks a second in /proc/PID/stat: a constant of the Linux interface. */
  private static final double TICKS = 100;

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);
  private static final Pattern HEAP_USED = Pattern.compile("(?:total|committed).*? used (\\d+)K");

  private final Process process;
  private final Path log;

  private MeasuredProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a main class.
   *
   * @param prefix what goes before the java command, such as {@code taskset -c 0}
   */
  public static MeasuredProcess start(
      Path log, List<String> prefix, List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(Child.java(options, main.getName(), arguments));
    return start(log, command);
  }

  /** Starts a command that is a Java process, or becomes one. */
  public static MeasuredProcess start(Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new MeasuredProcess(process, log);
  }

  public long pid() {
    return process.pid();
  }

  /** Throws where it has ended by itself, with the end of its log. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      String text = Files.readString(log);
      throw new IOException(
          "expected process %d to run, found it ended with status %d: %s"
              .formatted(
                  pid(), process.exitValue(), text.substring(Math.max(0, text.length() - 2000))));
    }
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public Memory memory() throws IOException, InterruptedException {
    return memory(process.pid());
  }

  /** Resident memory of a Java process, then its live heap: a collection is forced between. */
  public static Memory memory(long pid) throws IOException, InterruptedException {
    double resident = status(pid, "VmRSS");
    double peak = status(pid, "VmHWM");
    jcmd(pid, "GC.run");
    Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
    double heap = 0;
    while (used.find()) {
      heap += Long.parseLong(used.group(1)) / 1024.0;
    }
    return new Memory(resident, peak, heap);
  }

  /**
   * In MiB.
   *
   * @param resident now
   * @param peak resident since the start
   * @param liveHeap after a full collection
   */
  public record Memory(double resident, double peak, double liveHeap) {}

  /** Processor time so far, in seconds. */
  public double cpuSeconds() throws IOException {
    return cpuSeconds(pid());
  }

  /** Processor time of any process so far, in seconds. */
  public static double cpuSeconds(long pid) throws IOException {
    return cpuSeconds(Path.of("/proc/" + pid));
  }

  private static double cpuSeconds(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /** Processor time so far by the kernel's name of the thread, in seconds. */
  public Map<String, Double> cpuSecondsByThread() throws IOException {
    Map<String, Double> byThread = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid() + "/task"))) {
      for (Path thread : threads.toList()) {
        byThread.merge(name(thread), cpuSeconds(thread), Double::sum);
      }
    }
    return byThread;
  }

  private static String name(Path thread) throws IOException {
    return Files.readString(thread.resolve("comm")).strip();
  }

  private static double status(long pid, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith(name + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024.0;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(javaTool("jcmd"), String.valueOf(pid), command)
            .redirectErrorStream(true)
            .start();
    String out = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return out;
  }

  private static String javaTool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_DEADLINE)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
