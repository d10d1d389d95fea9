/** The API over HTTP: routes, their parameters, problems; the only place that knows the server. */
@NullMarked
package io.fleetcompat.query.http;

import org.jspecify.annotations.NullMarked;
