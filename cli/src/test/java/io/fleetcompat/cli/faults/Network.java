package io.fleetcompat.cli.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.testing.DebianProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Network namespaces, each with one link to this one, in which packets from and to Kafka can be
 * dropped. Tests are skipped where none may be made. One thread; others may have networks beside
 * it.
 */
final class Network implements AutoCloseable {

  /** The range that RFC 2544 sets aside for tests; the third number is chosen by this process. */
  private static final String RANGE = "198.18.%d.".formatted(ProcessHandle.current().pid() % 256);

  private static final String PREFIX = "fc%d-".formatted(ProcessHandle.current().pid());

  /** The numbers of all namespaces that this process has now: each is also a part of addresses. */
  private static final BitSet NUMBERS = new BitSet();

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  /** A namespace, and the addresses of both ends of its link. */
  record Place(String namespace, String outside, String inside) {

    /** The words that start a command in it. */
    List<String> command() {
      return List.of("ip", "netns", "exec", namespace);
    }

    /**
     * Drops packets between what is in it and these ports.
     *
     * @param out whether of those that are sent there
     * @param in whether of those that come from there
     * @param percent how many of a hundred
     */
    void drop(List<Integer> ports, boolean out, boolean in, int percent)
        throws IOException, InterruptedException {
      String set = "{" + String.join(",", ports.stream().map(String::valueOf).toList()) + "}";
      String drop = percent == 100 ? " drop" : " numgen random mod 100 < " + percent + " drop";
      join();
      nft("add table inet fault");
      if (out) {
        nft("add chain inet fault out { type filter hook output priority 0 ; }");
        nft("add rule inet fault out tcp dport " + set + drop);
      }
      if (in) {
        nft("add chain inet fault in { type filter hook input priority 0 ; }");
        nft("add rule inet fault in tcp sport " + set + drop);
      }
    }

    /** Drops nothing any more. */
    void join() throws IOException, InterruptedException {
      nft("flush ruleset");
    }

    private void nft(String words) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(command());
      command.addAll(List.of("nft", words));
      Program.require(command);
    }
  }

  /** Requires the programs and the rights. */
  static Network require() throws IOException, InterruptedException {
    DebianProgram.require("ip", "iproute2");
    DebianProgram.require("nft", "nftables");
    assumeTrue(isAllowed(), "this machine does not let us make network namespaces with nftables");
    return new Network();
  }

  /** Tries it; false also where a program is not there. */
  static synchronized boolean isAllowed() throws InterruptedException {
    String tried = PREFIX + "try";
    try {
      if (Program.status("ip", "netns", "add", tried) != 0) {
        return false;
      }
      int status = Program.status("ip", "netns", "exec", tried, "nft", "add table inet fault");
      return Program.status("ip", "netns", "del", tried) == 0 && status == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A namespace of its own; the first one's outer address is where brokers listen. */
  Place add() throws IOException, InterruptedException {
    int number = take();
    String name = PREFIX + number;
    numbers.put(name, number);
    Place place = new Place(name, RANGE + (4 * number + 1), RANGE + (4 * number + 2));
    Program.require("ip", "netns", "add", name);
    Program.require("ip", "link", "add", name, "type", "veth", "peer", "name", "e", "netns", name);
    Program.require("ip", "addr", "add", place.outside + "/30", "dev", name);
    Program.require("ip", "link", "set", name, "up");
    Program.require("ip", "-n", name, "addr", "add", place.inside + "/30", "dev", "e");
    Program.require("ip", "-n", name, "link", "set", "e", "up");
    Program.require("ip", "-n", name, "link", "set", "lo", "up");
    Program.require("ip", "-n", name, "route", "add", "default", "via", place.outside);
    return place;
  }

  private static synchronized int take() {
    int number = NUMBERS.nextClearBit(0);
    NUMBERS.set(number);
    return number;
  }

  private static synchronized void giveBack(int number) {
    NUMBERS.clear(number);
  }

  /** Deletes the namespaces, and with them the links. */
  @Override
  public void close() {
    try {
      for (Map.Entry<String, Integer> named : numbers.entrySet()) {
        // First: with its namespace alone it would go some time later.
        Program.status("ip", "link", "del", named.getKey());
        Program.status("ip", "netns", "del", named.getKey());
        giveBack(named.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
