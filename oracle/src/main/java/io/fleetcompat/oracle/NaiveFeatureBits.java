package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attribute.Text;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.oracle.NaiveVerdict.Findings;
import java.math.BigInteger;

/** The naive rules of {@code feature-bits} (docs/rules.md 3.4). */
final class NaiveFeatureBits {

  private static final int DRIVER_OK = 2;
  private static final int FAILED = 7;

  private NaiveFeatureBits() {}

  static boolean present(Endpoint endpoint) {
    return endpoint.kind() == EndpointKind.VIRTIO_DEVICE;
  }

  static void judge(Endpoint source, Endpoint destination, Findings to) {
    if (!present(destination)) {
      NaiveJudge.missing("facet-missing", true, destination, to);
      return;
    }
    equal(source.own().get("device"), destination.own().get("device"), to);
    equal(source.own().get("vendor"), destination.own().get("vendor"), to);
    if (!negotiated(source.own()) || !negotiated(destination.own())) {
      to.unknown("virtio-not-negotiated");
      return;
    }
    bits(source.own().get("features"), destination.own().get("features"), to);
  }

  private static void equal(Attribute source, Attribute destination, Findings to) {
    if (!(source instanceof Text(String s) && s.matches(NaiveValue.HARDWARE_ID))
        || !(destination instanceof Text(String d) && d.matches(NaiveValue.HARDWARE_ID))) {
      to.unknown("virtio-device");
    } else if (!NaiveValue.normal(s).equals(NaiveValue.normal(d))) {
      to.incompatible("virtio-device");
    }
  }

  private static boolean negotiated(Attributes own) {
    Attribute status = own.get("status");
    if (!NaiveJudge.there(status)) {
      return true;
    }
    if (!(status instanceof Text(String value)) || !value.matches("0x[0-9a-fA-F]{1,8}")) {
      return false;
    }
    BigInteger number = new BigInteger(value.substring(2), 16);
    return number.testBit(DRIVER_OK) && !number.testBit(FAILED);
  }

  private static boolean areBitsOrNothing(Attribute attribute) {
    return !NaiveJudge.there(attribute)
        || (attribute instanceof Text(String text) && text.matches("[01]+"));
  }

  private static void bits(Attribute source, Attribute destination, Findings to) {
    if (!(source instanceof Text(String s) && s.matches("[01]+"))
        || !(destination instanceof Text(String d) && d.matches("[01]+"))) {
      if (areBitsOrNothing(source) && areBitsOrNothing(destination)) {
        to.lacking("feature-bits");
      } else {
        to.unknown("feature-bits");
      }
      return;
    }
    for (int i = 0; i < s.length(); i++) {
      if (s.charAt(i) == '1' && (i >= d.length() || d.charAt(i) == '0')) {
        to.incompatible("feature-bits");
      }
    }
  }
}
