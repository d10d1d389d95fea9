package io.fleetcompat.query.http;

import io.fleetcompat.schemas.BadRecordException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One API for all test classes that leave it as it was: started for the first, closed at the end.
 */
final class SharedApi implements ParameterResolver {

  private static final Namespace HERE = Namespace.create(SharedApi.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ApiFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(ApiFixture.class, type -> start(), ApiFixture.class);
  }

  private static ApiFixture start() {
    try {
      return new ApiFixture();
    } catch (BadRecordException e) {
      throw new IllegalStateException(e);
    }
  }
}
