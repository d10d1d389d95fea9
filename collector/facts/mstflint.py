#!/usr/bin/python3 -BEs
"""mlx5.firmware and mlx5.psid of NVIDIA network functions, from mstflint query.

For kernels whose devlink does not tell them. The image on the flash may be newer than the one that
runs: mstflint then prints the running one on a line of its own, and that one counts.
"""

import re

from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import quoted
from fleetcompat_facts.tool import Tool, ask_each
from fleetcompat_facts.tree import Tree

VENDOR = "0x15b3"
DRIVER = "mlx5_core"
FUNCTIONS = 64
VERSION = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}")


def produce(facts, options):
    tool = Tool("mstflint", options.timeout)
    ask_each(facts, "mlx5.firmware and mlx5.psid", _functions(facts, Tree(options.root)),
             lambda address: _function(facts, address, tool.output("-d", address, "query")))


def _functions(facts, tree):
    found = []
    for address in tree.pci_functions():
        directory = ("sys/bus/pci/devices", address)
        vendor = tree.text(*directory, "vendor")
        if vendor is None or vendor.strip() != VENDOR or tree.is_virtual(address):
            continue
        if tree.link_name(*directory, "driver") != DRIVER:
            continue
        if len(found) >= FUNCTIONS:
            facts.leave_out("mlx5.firmware of %s and others" % address,
                            "more than %d functions" % FUNCTIONS)
            break
        found.append(address)
    return found


def _function(facts, address, text):
    fields = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip():
            fields.setdefault(key.strip(), []).append(value.strip())
    flash = _only(fields, "FW Version")
    running = _only(fields, "FW Version(Running)") if "FW Version(Running)" in fields else flash
    psid = _only(fields, "PSID")
    if flash is None or running is None or not VERSION.fullmatch(running):
        facts.leave_out("mlx5.firmware of %s" % address,
                        "expected one FW Version of three numbers, found %s" % quoted(running))
    else:
        facts.put("mlx5.firmware", running, address)
    if psid is None or not re.fullmatch(r"[A-Za-z0-9_]{1,16}", psid):
        facts.leave_out("mlx5.psid of %s" % address,
                        "expected one PSID of at most 16 letters and digits, found %s" % quoted(psid))
    else:
        facts.put("mlx5.psid", psid, address)


def _only(fields, key):
    values = fields.get(key, [])
    return values[0] if len(values) == 1 else None


if __name__ == "__main__":
    main("mstflint", "Writes firmware version and PSID of mlx5 functions. Needs root, CAP_SYS_ADMIN"
         " and a configuration space that may be written.", produce)
