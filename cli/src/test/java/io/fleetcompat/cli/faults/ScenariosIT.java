package io.fleetcompat.cli.faults;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Order;

/** Scenarios that leave processors to others: the longest class, so it begins at once. */
@Order(1)
class ScenariosIT extends PlayedScenarios {

  static Collection<List<Scenario>> scenarios() {
    return stages(one -> !one.parts().busy());
  }
}
