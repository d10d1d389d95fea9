package io.fleetcompat.query.http;

import io.fleetcompat.query.replica.RowProperty;
import io.fleetcompat.query.watch.PositionProperty;
import io.fleetcompat.testing.fuzz.FuzzTarget;
import io.fleetcompat.testing.fuzz.FuzzedParsers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** The parsers of a query API: of requests and their parts, and of the rows of the matrix. */
class FuzzedRequestsTest extends FuzzedParsers {

  /** Started by the first request. */
  private static Optional<ApiFixture> api = Optional.empty();

  @AfterAll
  static void close() {
    api.ifPresent(ApiFixture::close);
    api = Optional.empty();
  }

  @Override
  protected List<FuzzTarget> targets() {
    return List.of(
        new FuzzTarget("http", FuzzedRequestsTest::request),
        new FuzzTarget("query-string", RequestProperties::query),
        new FuzzTarget("cursor", RequestProperties::cursor),
        new FuzzTarget("check-body", RequestProperties::checkBody),
        new FuzzTarget("machine-body", RequestProperties::machineBody),
        new FuzzTarget("filter-body", RequestProperties::filterBody),
        new FuzzTarget("what-if-body", RequestProperties::whatIfBody),
        new FuzzTarget("plan-body", RequestProperties::planBody),
        new FuzzTarget("outcome-body", RequestProperties::outcomeBody),
        new FuzzTarget("event-id", PositionProperty::accepts),
        new FuzzTarget("matrix-row", RowProperty.samples(), RowProperty::accepts));
  }

  private static boolean request(byte[] input) throws Exception {
    if (api.isEmpty()) {
      api = Optional.of(new ApiFixture());
    }
    return new SocketProperty(api.get()).accepts(input);
  }
}
