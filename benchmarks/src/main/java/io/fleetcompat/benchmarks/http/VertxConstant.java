package io.fleetcompat.benchmarks.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Vert.x: one event loop. */
final class VertxConstant {

  private VertxConstant() {}

  static void start(int port) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(
            request ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(ConstantAnswer.JSON)))
        .listen(port, "127.0.0.1")
        .await();
  }
}
