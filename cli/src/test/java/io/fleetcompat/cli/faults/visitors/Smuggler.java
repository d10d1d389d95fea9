package io.fleetcompat.cli.faults.visitors;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One who hides requests in others, again and again, and asks something on the same connection
 * afterwards; and, on a connection of its own that stays, one who asks meanwhile. Each asks for a
 * host that nobody else asks for, so an answer shows whose it is.
 */
public final class Smuggler implements Visitor {

  private static final int MOST_MILLIS = 15_000;
  private static final int MOST_FINDINGS = 10;
  private static final int NOT_FOUND = 404;
  private static final int OUR_MISTAKE = 500;

  private final InetSocketAddress address;
  private final Thread thread;
  private final List<String> findings = new CopyOnWriteArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>(); // of the thread, until it ends
  private int followed;
  private int asked;
  private volatile boolean closed;

  /** Begins. */
  public Smuggler(InetSocketAddress address) {
    this.address = address;
    this.thread = Thread.ofPlatform().daemon().name("smuggler").start(this::run);
  }

  private void run() {
    for (int round = 0; !closed; round++) {
      try (Socket other = connect()) {
        PushbackInputStream answers = new PushbackInputStream(other.getInputStream());
        for (int i = 0; i < Smuggled.count() && !closed; i++) {
          String name = round + "-" + i;
          smuggle(i, name);
          ask(other, answers, "other-" + name);
        }
      } catch (IOException e) {
        found("expected an answer on a connection that does nothing wrong, found " + e);
      }
    }
  }

  private void smuggle(int index, String name) {
    String request = Smuggled.request(index, question("hidden-" + name));
    List<RawAnswer> answers = new ArrayList<>();
    try (Socket socket = connect()) {
      socket.getOutputStream().write(Questions.bytes(request + question("after-" + name)));
      socket.shutdownOutput();
      PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
      for (Optional<RawAnswer> one = RawAnswer.read(in);
          one.isPresent();
          one = RawAnswer.read(in)) {
        answers.add(one.get());
      }
    } catch (SocketException e) {
      // It was reset: what came before that counts.
    } catch (IOException e) {
      found("%s: expected answers and an end, found %s".formatted(quoted(request), e));
    }
    asked++;
    answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
    judge(request, name, answers);
  }

  private void judge(String request, String name, List<RawAnswer> answers) {
    for (RawAnswer answer : answers) {
      boolean followsIt = answer.body().contains("after-" + name);
      if (answer.status() == OUR_MISTAKE || (answer.status() == NOT_FOUND && hides(answer, name))) {
        found("%s: found %s".formatted(quoted(request), answer));
      }
      if (followsIt && answer.status() == NOT_FOUND) {
        followed++;
      }
    }
    if (answers.size() > 2) {
      found("%s: expected two answers at most, found %s".formatted(quoted(request), answers));
    }
  }

  private static boolean hides(RawAnswer answer, String name) {
    return answer.body().contains("hidden-" + name);
  }

  private void ask(Socket socket, PushbackInputStream in, String name) throws IOException {
    socket.getOutputStream().write(Questions.bytes(question(name)));
    Optional<RawAnswer> answer = RawAnswer.read(in);
    boolean own =
        answer.filter(a -> a.status() == NOT_FOUND && a.body().contains(name)).isPresent();
    if (!own) {
      found("expected %s not to be found, found %s".formatted(name, answer));
    }
  }

  private static String question(String host) {
    return "GET /v1/hosts/" + host + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(address, MOST_MILLIS);
    socket.setSoTimeout(MOST_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private void found(String finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  private static String quoted(String request) {
    return "'" + request.replace("\r", "\\r").replace("\n", "\\n") + "'";
  }

  @Override
  public void close() {
    closed = true;
    Ends.await(thread);
  }

  @Override
  public List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    if (asked < Smuggled.count() || followed == 0) {
      all.add("expected all to be tried, and some to be followed, found " + seen());
    }
    return all;
  }

  @Override
  public String seen() {
    return "%d requests with another one in them at port %d, answered %s, %d times with the next one's"
        .formatted(asked, address.getPort(), statuses, followed);
  }
}
