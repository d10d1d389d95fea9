/** The nouns on the wire: the catalogue of topics, and the codecs of what is in them. */
@NullMarked
package io.fleetcompat.schemas;

import org.jspecify.annotations.NullMarked;
