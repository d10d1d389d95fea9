package io.fleetcompat.indexer;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a record that Kafka does not take: it is named in the log, and the thread ends. It
 * cannot be left out, since within that transaction the producer takes nothing more. Sizes are
 * checked before, so a record is too large only where a topic's limit was lowered after the start.
 * Public for Streams, which makes it.
 */
public final class ProductionFaults implements ProductionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProductionFaults.class);

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    LOG.error(
        "expected {} to take a record made from {}-{}@{}, found: {}",
        record.topic(),
        context.topic(),
        context.partition(),
        context.offset(),
        exception.getMessage());
    return Response.fail(List.of());
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to configure.
  }
}
