"""The names of devices in facts: a PCI address or the UUID of a mediated device."""

import re

_PCI = re.compile(r"([0-9a-f]{4,8}):([0-9a-f]{2}):([01][0-9a-f])\.([0-7])", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def pci_address(text):
    """The address as sysfs spells it (0000:3b:00.0), or None for what is no address.

    NVIDIA's tools print eight digits of the domain and upper case.
    """
    match = _PCI.fullmatch(text)
    if match is None:
        return None
    domain, bus, device, function = match.groups()
    return "%04x:%s:%s.%s" % (int(domain, 16), bus.lower(), device.lower(), function)


def pci_function(address):
    """The number of the function within its device."""
    return int(address[-1])


def device_name(text):
    """The normal name of a PCI function or of a mediated device, or None for anything else."""
    if _UUID.fullmatch(text):
        return text.lower()
    return pci_address(text)
