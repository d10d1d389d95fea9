#!/usr/bin/python3 -BEs
"""mlx5.migratable of virtual functions, mlx5.firmware, mlx5.psid and vfio.firmware of functions, from
devlink -j.

The names of port attributes are those of Documentation/networking/devlink/devlink-port.rst, of
versions those of devlink/mlx5.rst and device_drivers/ethernet/amd/pds_core.rst beside it.
"""

import json
import re

from fleetcompat_facts.device import pci_address, pci_function
from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import ToolFailed, Unexpected, quoted
from fleetcompat_facts.tool import Tool
from fleetcompat_facts.tree import Tree

VF_NUMBER_BOUND = 4096

# By driver: the group and the name of a version, and the fact that is made from it.
VERSIONS = {
    "mlx5_core": (("running", "fw.version", "mlx5.firmware"), ("fixed", "fw.psid", "mlx5.psid")),
    "pds_core": (("running", "fw", "vfio.firmware"),),
}


def produce(facts, options):
    tool = Tool("devlink", options.timeout)
    tree = Tree(options.root)
    for handle, port in _read(tool, "port", "port", "show"):
        _port(facts, tree, handle, port)
    try:
        infos = _read(tool, "info", "dev", "info")
    except ToolFailed as e:
        facts.leave_out("firmware versions", e)  # What ports say stands by itself.
        return
    for handle, info in infos:
        _info(facts, handle, info)


def _read(tool, member, *command):
    """The handle and the object of each entry below the one member of the answer."""
    shown = " ".join(["devlink", "-j", *command])
    text = tool.output("-j", *command)
    try:
        answer = json.loads(text, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError) as e:
        raise Unexpected(shown, "JSON", "%s in %s" % (e, text[:64])) from None
    entries = answer.get(member) if isinstance(answer, dict) else None
    if not isinstance(entries, dict):
        raise Unexpected(shown, 'an object with the object "%s"' % member, text[:64])
    for handle, value in entries.items():
        if not isinstance(value, dict):
            raise Unexpected("%s, %s" % (shown, quoted(handle)), "an object", value)
    return list(entries.items())


def _without_repetition(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a member twice")
    return result


def _port(facts, tree, handle, port):
    match = re.fullmatch(r"pci/([^/]+)/\d+", handle)
    physical = pci_address(match.group(1)) if match else None
    if physical is None or port.get("flavour") != "pcivf":
        return
    function = port.get("function", {})
    migratable = function.get("migratable") if isinstance(function, dict) else function
    if migratable is None:
        return  # Not an mlx5 port, or a kernel before 6.2: no statement.
    if migratable not in ("enable", "disable"):
        facts.leave_out("mlx5.migratable of %s" % handle,
                        "expected enable or disable, found %s" % quoted(migratable))
        return
    if port.get("external") is True or port.get("controller", 0) != 0:
        facts.leave_out("mlx5.migratable of %s" % handle, "the function belongs to another host")
        return
    number = port.get("vfnum")
    # type() and not isinstance(): JSON's true is an int to Python.
    if not (type(number) is int and 0 <= number < VF_NUMBER_BOUND and type(port.get("pfnum")) is int
            and port["pfnum"] == pci_function(physical)):
        facts.leave_out("mlx5.migratable of %s" % handle,
                        "expected vfnum and the pfnum of function %d, found %s and %s"
                        % (pci_function(physical), quoted(number), quoted(port.get("pfnum"))))
        return
    virtual = tree.link_name("sys/bus/pci/devices", physical, "virtfn%d" % number)
    if virtual is None or pci_address(virtual) != virtual:
        facts.leave_out("mlx5.migratable of %s" % handle, "%s has no virtfn%d" % (physical, number))
        return
    facts.put("mlx5.migratable", migratable, virtual)


def _info(facts, handle, info):
    bus, _, name = handle.partition("/")
    address = pci_address(name) if bus == "pci" else None
    driver = info.get("driver")
    if address is not None and isinstance(driver, str):
        for group, version, fact in VERSIONS.get(driver, ()):
            _version(facts, info, group, version, fact, address)


def _version(facts, info, group, version, name, address):
    groups = info.get("versions", {})
    versions = groups.get(group, {}) if isinstance(groups, dict) else groups
    found = versions.get(version) if isinstance(versions, dict) else versions
    if isinstance(found, str):
        facts.try_put(name, found, address)
    else:
        facts.leave_out("%s of %s" % (name, address),
                        "expected versions/%s/%s, found %s" % (group, version, quoted(found)))


if __name__ == "__main__":
    main("devlink", "Writes what devlink says of mlx5 and pds functions. Needs no privilege.", produce)
