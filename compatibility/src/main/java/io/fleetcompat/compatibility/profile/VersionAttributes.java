package io.fleetcompat.compatibility.profile;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import java.util.Set;

/**
 * The attributes that are versions of what runs on a host: where one of them is another than
 * before, the host's software was upgraded, or taken back. Pure.
 */
public final class VersionAttributes {

  /** Versions whose type in the catalogue does not say so: text, or the number of a format. */
  private static final Set<String> OTHERS =
      Set.of(
          TypeAttributes.SOFTWARE_VERSION,
          OpaqueVersion.MIGRATION_VERSION,
          "module/version",
          AttributeCatalogue.FACT + "/vfio.firmware",
          AttributeCatalogue.FACT + "/hisi_acc.stream_version");

  private VersionAttributes() {}

  /**
   * True of a version.
   *
   * @param name an attribute of an endpoint's node, or an address of the catalogue
   */
  public static boolean contains(String name) {
    return OTHERS.contains(name)
        || AttributeCatalogue.builtIn()
            .find(name)
            .map(CataloguedAttribute::type)
            .filter(
                type ->
                    switch (type) {
                      case VERSION, RELEASE -> true;
                      case TEXT,
                          VGPU_NAME,
                          DEVICE_API,
                          ID,
                          INTEGER,
                          BITMASK,
                          LIST,
                          FILLED_LIST,
                          ONE_OF ->
                          false;
                    })
            .isPresent();
  }
}
