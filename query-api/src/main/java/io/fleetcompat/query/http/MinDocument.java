package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.Hosts;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.DocumentVersion;

/**
 * The document that a caller waits for who knows what a host's collector has sent: that one or a
 * newer one.
 *
 * @param host its name as answers give it
 * @param version the least that will do
 */
record MinDocument(String host, DocumentVersion version) {

  /** Parses {@code HOST:EPOCH:SEQUENCE}; a host's name may hold colons. */
  static MinDocument parse(String text) {
    int second = text.lastIndexOf(':');
    int first = second < 1 ? -1 : text.lastIndexOf(':', second - 1);
    if (first > 0) {
      long epoch = Parameters.digits(text.substring(first + 1, second));
      long sequence = Parameters.digits(text.substring(second + 1));
      if (epoch >= 0 && sequence >= 0) {
        return new MinDocument(text.substring(0, first), new DocumentVersion(epoch, sequence));
      }
    }
    throw new Problem(
        Code.BAD_REQUEST,
        "expected "
            + Route.MIN_DOCUMENT
            + "=HOST:EPOCH:SEQUENCE, as /v1/hosts/HOST shows them, found "
            + Problem.quote(text));
  }

  /** True where the host's endpoints are those of this document, or of a newer one. */
  boolean isIn(IndexView view) {
    return Hosts.document(view, host).map(known -> !known.isOlderThan(version)).orElse(false);
  }

  /** The document that the view has instead, in words, for whoever waited in vain. */
  String found(IndexView view) {
    return Hosts.document(view, host).map(Object::toString).orElse("nothing of it");
  }
}
