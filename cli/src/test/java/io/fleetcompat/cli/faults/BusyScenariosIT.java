package io.fleetcompat.cli.faults;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Order;

/** Scenarios that take the processors for long, one after the other. */
@Order(2)
class BusyScenariosIT extends PlayedScenarios {

  static Collection<List<Scenario>> scenarios() {
    return stages(one -> one.parts().busy());
  }
}
