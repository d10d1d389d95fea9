package io.fleetcompat.indexer;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a record that cannot be produced: one that is too large is left out and named in
 * the log, all else stops the thread. Sizes are checked before, so this is the second net. Public
 * for Streams, which makes it.
 */
public final class ProductionFaults implements ProductionExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProductionFaults.class);

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (exception instanceof RecordTooLargeException) {
      LOG.error(
          "left out a record for {} made from {}-{}@{}: {}",
          record.topic(),
          context.topic(),
          context.partition(),
          context.offset(),
          exception.getMessage());
      return Response.resume(List.of());
    }
    return Response.fail(List.of());
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to configure.
  }
}
