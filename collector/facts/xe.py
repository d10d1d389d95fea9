#!/usr/bin/python3 -BEs
"""xe.guc_release and xe.guc_compatibility of Intel GPUs, from debugfs.

guc_info is printed by xe_uc_fw_print of drivers/gpu/drm/xe/xe_uc_fw.c, the file name, which says whose
directory it is, by drm_name_info of drivers/gpu/drm/drm_debugfs.c.
"""

import re

from fleetcompat_facts.device import pci_address
from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import SourceMissing, Unexpected, quoted
from fleetcompat_facts.tree import Tree

DEBUGFS = "sys/kernel/debug"
DRI = "sys/kernel/debug/dri"
DRIVER = "xe"
UNITS = 64
VERSION = re.compile(r"\tfound (release|compatibility) version (\d{1,5}\.\d{1,5}\.\d{1,5})(\.\d{1,9})?")
NAMES = {"release": "xe.guc_release", "compatibility": "xe.guc_compatibility"}


def produce(facts, options):
    tree = Tree(options.root)
    if not tree.names(DEBUGFS):
        raise SourceMissing("%s: nothing is mounted there" % tree.path(DEBUGFS))
    read = set()
    for name in tree.names(DRI):
        try:
            address = _address(tree, name)
            if address is None or address in read:
                continue  # Later kernels have one directory by address and links to it by number.
            infos = _infos(tree, name)
        except (SourceMissing, Unexpected) as e:
            facts.leave_out("xe.guc_release and xe.guc_compatibility of dri/%s" % quoted(name), e)
            continue
        if infos:
            read.add(address)
            _device(facts, address, infos)


def _address(tree, name):
    words = (tree.text(DRI, name, "name") or "").split()
    if not words or words[0] != DRIVER:
        return None
    addresses = [word[len("dev="):] for word in words[1:] if word.startswith("dev=")]
    return pci_address(addresses[0]) if len(addresses) == 1 else None


def _infos(tree, name):
    """The texts of guc_info of all units of a device: tileN/gtN, on older kernels gtN alone."""
    directories = [(tile, unit) for tile in tree.names(DRI, name) if re.fullmatch(r"tile\d+", tile)
                   for unit in tree.names(DRI, name, tile)]
    if not directories:
        directories = [(unit,) for unit in tree.names(DRI, name)]
    infos = {}
    for directory in directories:
        if re.fullmatch(r"gt\d+", directory[-1]) and len(infos) < UNITS:
            text = tree.text(DRI, name, *directory, "uc", "guc_info")
            if text is not None:
                infos["/".join(directory)] = text
    return infos


def _device(facts, address, infos):
    """A fact where all units of a device say the same; each has a GuC of its own."""
    found = {"release": set(), "compatibility": set()}
    for unit, text in infos.items():
        lines = text.splitlines()
        if not lines or not lines[0].startswith("GuC firmware: ") or "\tstatus: RUNNING" not in lines:
            facts.leave_out("xe.guc_release and xe.guc_compatibility of %s" % address,
                            "expected a GuC with status RUNNING in %s, found %s" % (unit, quoted(text)))
            return
        versions = [match.groups() for match in map(VERSION.fullmatch, lines) if match]
        for kind in found:
            found[kind].add(tuple(version for k, version, _ in versions if k == kind))
    for kind, name in NAMES.items():
        if len(found[kind]) == 1 and len(next(iter(found[kind]))) == 1:
            facts.put(name, next(iter(found[kind]))[0], address)
        else:
            facts.leave_out("%s of %s" % (name, address),
                            "expected one %s version, the same in all units, found %s"
                            % (kind, quoted(sorted(found[kind]))))


if __name__ == "__main__":
    main("xe", "Writes the versions of the GuC firmware that Intel GPUs run. Needs root.", produce)
