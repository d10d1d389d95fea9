package io.fleetcompat.query.http;

import java.time.Duration;

/**
 * The limits on what clients may ask of the server.
 *
 * @param maxUrlBytes of the request line
 * @param maxHeaderBytes of all headers
 * @param maxWaiting most requests that wait for a revision at once
 * @param maxWatchers most connections that watch at once
 * @param requestTimeout longest time for one answer, apart from waiting for a revision
 * @param idleTimeout after which a silent connection is closed
 * @param headTimeout longest time for the head of a request, from its first byte
 * @param bodyTimeout longest time for a body
 * @param writeTimeout longest time for a caller to take a part of an answer
 * @param maxBytesInFlight memory that the requests of all connections may take at once
 */
public record HttpBounds(
    int maxBodyBytes,
    int maxUrlBytes,
    int maxHeaderBytes,
    int maxConnections,
    int maxWaiting,
    int maxWatchers,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration writeTimeout,
    long maxBytesInFlight) {

  /** Least memory for requests: two of the largest bodies, and answers to them. */
  public static final long LEAST_IN_FLIGHT = 16L << 20;

  public static final HttpBounds DEFAULTS =
      new HttpBounds(
          4 << 20,
          16 << 10,
          16 << 10,
          4096,
          1024,
          2000,
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Math.max(LEAST_IN_FLIGHT, Runtime.getRuntime().maxMemory() / 4));

  public HttpBounds {
    if (maxBodyBytes < 1 || maxUrlBytes < 1024 || maxHeaderBytes < 1024 || maxConnections < 1) {
      throw new IllegalArgumentException(
          "expected bounds of at least 1 (URL and header: 1024), found "
              + "max-body-bytes %d, max-url-bytes %d, max-header-bytes %d, max-connections %d"
                  .formatted(maxBodyBytes, maxUrlBytes, maxHeaderBytes, maxConnections));
    }
  }

  /** The same with another bound of connections. */
  HttpBounds withMaxConnections(int connections) {
    return new HttpBounds(
        maxBodyBytes,
        maxUrlBytes,
        maxHeaderBytes,
        connections,
        maxWaiting,
        maxWatchers,
        requestTimeout,
        idleTimeout,
        headTimeout,
        bodyTimeout,
        writeTimeout,
        maxBytesInFlight);
  }
}
