package io.fleetcompat.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every schema that was ever released, oldest first: {@code released/<record>/<n>.avsc} among the
 * resources, n from 1 without gaps. They are never changed and never removed.
 */
final class ReleasedSchemas {

  private ReleasedSchemas() {}

  static List<Schema> of(String record) {
    List<Schema> schemas = new ArrayList<>();
    for (int n = 1; ; n++) {
      try (InputStream in = ReleasedSchemas.class.getResourceAsStream(path(record, n))) {
        if (in == null) {
          return schemas;
        }
        schemas.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String path(String record, int n) {
    return "/released/" + record + "/" + n + ".avsc";
  }
}
