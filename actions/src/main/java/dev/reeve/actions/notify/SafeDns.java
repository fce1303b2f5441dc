package dev.reeve.actions.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Resolves names, except to the addresses of machine metadata services, which hand out credentials,
 * and to those that are no single machine's.
 */
final class SafeDns implements Dns {
  private static final InetAddress METADATA_6 = InetAddress.ofLiteral("fd00:ec2::254");

  /** A host whose address nothing is sent to. */
  static final class RefusedException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    RefusedException(String host) {
      super(host);
    }
  }

  @Override
  public List<InetAddress> lookup(String name) throws UnknownHostException {
    List<InetAddress> addresses = Dns.SYSTEM.lookup(name);
    for (InetAddress address : addresses) {
      check(address);
    }
    return addresses;
  }

  /** The client asks no resolver for a host that is written as an address. */
  static void checkLiteral(String host) throws RefusedException {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return; // a name, which is checked when it is resolved
    }
    check(address);
  }

  private static void check(InetAddress address) throws RefusedException {
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()
        || address.equals(METADATA_6)) {
      throw new RefusedException(address.getHostAddress());
    }
  }
}
