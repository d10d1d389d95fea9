package io.fleetcompat.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.AddressOption;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.inventory.EndpointName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command that the completion script calls for names of hosts and endpoints. A shell waits for
 * it while somebody types: where no API answers at once, it prints nothing, and says nothing.
 */
@Command(
    name = "names",
    hidden = true,
    description = "Print the names of hosts, or of the endpoints of a host, that begin so.")
final class CompletedNames implements Callable<Integer> {

  /** Longest that anybody waits for it, with all that it asks. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Most names that are printed: nobody reads more. */
  private static final int MOST = 200;

  @Spec private CommandSpec spec;

  @Mixin private AddressOption address;

  @Option(names = "--endpoints", description = "Hosts are the begin of endpoints.")
  private boolean endpoints;

  @Parameters(arity = "0..1", paramLabel = "WORD", description = "What has been typed.")
  private String word = "";

  private CompletedNames() {}

  @Override
  public Integer call() {
    FutureTask<List<String>> names = new FutureTask<>(this::names);
    Thread asking = Thread.ofPlatform().daemon().name("completion").unstarted(names);
    asking.start();
    try {
      names.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).stream()
          .limit(MOST)
          .forEach(name -> spec.commandLine().getOut().println(Printable.line(name)));
    } catch (TimeoutException e) {
      asking.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (!isQuiet(Optional.ofNullable(e.getCause()))) {
        throw new IllegalStateException(e);
      }
    }
    return ExitStatus.OK;
  }

  /** No API, or none of ours, is no mistake of whoever is typing. */
  private static boolean isQuiet(Optional<Throwable> cause) {
    return cause
        .filter(e -> e instanceof CommandFailure || e instanceof IllegalArgumentException)
        .isPresent();
  }

  private List<String> names() {
    Api api = address.api(PATIENCE);
    int slash = word.indexOf('/');
    return slash < 0 || !endpoints
        ? hosts(api)
        : endpointsOf(api, word.substring(0, slash), word.substring(slash + 1));
  }

  private List<String> hosts(Api api) {
    JsonNode answer =
        api.get(
                "/v1/hosts",
                Map.of("prefix", Optional.of(EndpointName.decode(word)), "limit", limit()))
            .json();
    List<String> names = new ArrayList<>();
    for (JsonNode host : answer.path("hosts")) {
      names.add(EndpointName.encode(host.path("host").asText("")) + (endpoints ? "/" : ""));
    }
    return names;
  }

  private static Optional<String> limit() {
    return Optional.of(String.valueOf(MOST));
  }

  /** The endpoints and functions of a host that begin so, whatever the host was called. */
  private static List<String> endpointsOf(Api api, String host, String begin) {
    JsonNode answer =
        api.get("/v1/hosts/" + Api.encode(EndpointName.decode(host)), Map.of()).json();
    List<String> names = new ArrayList<>();
    answer.path("endpoints").forEach(each -> names.add(each.path("endpoint").asText("")));
    answer.path("functions").forEach(each -> names.add(each.asText("")));
    return names.stream()
        .filter(name -> name.startsWith(begin))
        .sorted()
        .map(name -> host + "/" + name)
        .toList();
  }
}
