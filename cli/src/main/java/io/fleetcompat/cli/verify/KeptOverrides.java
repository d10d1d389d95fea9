package io.fleetcompat.cli.verify;

import io.fleetcompat.oracle.NaiveOverrides;
import io.fleetcompat.oracle.NaiveOverrides.Statement;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.OverrideRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The overrides of operators as the topic has them now, without those that nobody can read. */
final class KeptOverrides {

  private KeptOverrides() {}

  static NaiveOverrides read(Cluster cluster) {
    Topic<String, OverrideRecord> topic = cluster.topics().overrides();
    List<Statement> statements = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : cluster.newest(topic)) {
      try {
        String id = topic.keys().decode(record.key());
        topic.decode(id, record.value()).ifPresent(value -> statements.add(statement(id, value)));
      } catch (BadRecordException _) {
        // An override only ever relaxes: one that cannot be read turns nothing off.
      }
    }
    return new NaiveOverrides(statements);
  }

  private static Statement statement(String id, OverrideRecord record) {
    return new Statement(
        id,
        record.getRule(),
        record.getScope().name().toLowerCase(Locale.ROOT),
        record.getSource(),
        record.getDestination(),
        Optional.ofNullable(record.getExpires()),
        Optional.ofNullable(record.getReplaces()));
  }
}
