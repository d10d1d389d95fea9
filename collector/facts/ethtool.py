#!/usr/bin/python3 -BEs
"""mlx5.firmware and mlx5.psid of functions with a network interface, from ethtool -i.

mlx5e_ethtool_get_drvinfo of drivers/net/ethernet/mellanox/mlx5/core/en_ethtool.c prints the version with the
PSID behind it, or the version alone where both together are too long, and on older kernels always.
"""

import re

from fleetcompat_facts.device import pci_address
from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import quoted
from fleetcompat_facts.tool import Tool, ask_each
from fleetcompat_facts.tree import Tree

DRIVER = "mlx5_core"
FUNCTIONS = 256
FIRMWARE = re.compile(r"(\d{1,5}\.\d{1,5}\.\d{1,5})(?: \(([A-Za-z0-9_]{1,16})\))?")


def produce(facts, options):
    tool = Tool("ethtool", options.timeout)
    interfaces = _interfaces(facts, Tree(options.root))
    ask_each(facts, "mlx5.firmware", interfaces,
             lambda address: _interface(facts, tool, address, interfaces[address]))


def _interfaces(facts, tree):
    """The first interface of each mlx5 function that is not a virtual one: those take its facts."""
    found = {}
    for name in tree.names("sys/class/net"):
        address = pci_address(tree.link_name("sys/class/net", name, "device") or "")
        if address is None or address in found or tree.is_virtual(address):
            continue
        if tree.link_name("sys/bus/pci/devices", address, "driver") != DRIVER:
            continue
        if name.startswith("-"):
            facts.leave_out("mlx5.firmware of %s" % address, "the interface is named like an option")
            continue
        if len(found) >= FUNCTIONS:
            facts.leave_out("mlx5.firmware of %s and others" % address, "more than %d functions" % FUNCTIONS)
            break
        found[address] = name
    return found


def _interface(facts, tool, address, name):
    fields = {}
    for line in tool.output("-i", name).splitlines():
        key, colon, value = line.partition(":")
        if colon and key in fields:
            facts.leave_out("mlx5.firmware of %s" % address, "%s twice" % quoted(key))
            return
        fields[key] = value.strip()
    firmware = FIRMWARE.fullmatch(fields.get("firmware-version", ""))
    if pci_address(fields.get("bus-info", "")) != address:
        facts.leave_out("mlx5.firmware of %s" % address,
                        "expected bus-info %s, found %s" % (address, quoted(fields.get("bus-info"))))
    elif firmware is None:
        facts.leave_out("mlx5.firmware of %s" % address,
                        "expected a version and a PSID, found %s" % quoted(fields.get("firmware-version")))
    else:
        facts.put("mlx5.firmware", firmware.group(1), address)
        if firmware.group(2) is not None:
            facts.put("mlx5.psid", firmware.group(2), address)


if __name__ == "__main__":
    main("ethtool", "Writes firmware version and PSID of mlx5 functions. Needs no privilege.", produce)
