package io.fleetcompat.cli.tree;

import java.net.Inet6Address;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The addresses of a network in a text: MAC addresses and longer ones alike, IPv4 and IPv6. */
final class NetworkAddresses {

  private static final Pattern MAC =
      Pattern.compile("(?i)(?<![\\w:-])(?:[0-9a-f]{2}[:-]){5,19}[0-9a-f]{2}(?![\\w:-])");

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  private static final Pattern IPV4 =
      Pattern.compile("(?<![\\w.])(?:" + OCTET + "\\.){3}" + OCTET + "(?!\\w|\\.\\w)");

  /** The characters of an IPv6 address; which of them are one, the library says. */
  private static final Pattern PERHAPS_IPV6 =
      Pattern.compile("(?i)(?<![\\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?![\\w:])");

  private NetworkAddresses() {}

  /** True where there is one that cannot be a version number. */
  static boolean areIn(String text) {
    return MAC.matcher(text).find()
        || PERHAPS_IPV6.matcher(text).results().map(MatchResult::group).anyMatch(v -> isIpv6(v));
  }

  /** True where there are four numbers with dots between that can be an IPv4 address. */
  static boolean mayBeIn(String text) {
    return IPV4.matcher(text).find();
  }

  private static boolean isIpv6(String text) {
    try {
      return !Inet6Address.ofLiteral(text).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
