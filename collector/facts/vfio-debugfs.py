#!/usr/bin/python3 -BEs
"""vfio.migration and vfio.features of VFIO devices, from debugfs.

Documentation/ABI/testing/debugfs-vfio says what is there: a directory for each VFIO device, in it
migration/ where the driver can migrate (6.8), in that the file features (6.18). The file state beside it is
not read: that takes the driver's mutex, which a migration holds.
"""

import re

from fleetcompat_facts.device import device_name
from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import SourceMissing, Unexpected, quoted
from fleetcompat_facts.tree import Tree

DEBUGFS = "sys/kernel/debug"
VFIO = "sys/kernel/debug/vfio"
FEATURES = 16
FEATURE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


def produce(facts, options):
    tree = Tree(options.root)
    if not tree.names(DEBUGFS):
        raise SourceMissing("%s: nothing is mounted there" % tree.path(DEBUGFS))
    if not tree.is_directory(VFIO):
        facts.leave_out("vfio.migration", "%s is missing: a kernel without CONFIG_VFIO_DEBUGFS, or no"
                        " VFIO module" % tree.path(VFIO))
    for name in tree.names(VFIO):
        device = device_name(name)
        if device is None:
            facts.leave_out("vfio.migration of %s" % quoted(name), "expected a PCI address or a UUID")
        else:
            try:
                _device(facts, tree, name, device)
            except (SourceMissing, Unexpected) as e:
                facts.leave_out("vfio.migration and vfio.features of %s" % device, e)


def _device(facts, tree, name, device):
    if tree.is_directory(VFIO, name, "migration"):
        _features(facts, tree, name, device)
        facts.put("vfio.migration", "present", device)
    elif tree.is_directory(VFIO, name):
        facts.put("vfio.migration", "absent", device)
    # Else the device has gone meanwhile.


def _features(facts, tree, name, device):
    text = tree.text(VFIO, name, "migration", "features")
    if text is None:
        return  # Before Linux 6.18.
    features = text.splitlines()
    if 0 < len(features) <= FEATURES and all(FEATURE.fullmatch(feature) for feature in features):
        facts.put("vfio.features", ",".join(features), device)
    else:
        facts.leave_out("vfio.features of %s" % device,
                        "expected 1 to %d lines of one word, found %s" % (FEATURES, quoted(text)))


if __name__ == "__main__":
    main("vfio-debugfs", "Writes what the kernel's debugfs says of VFIO devices. Needs root.", produce)
