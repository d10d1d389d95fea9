#!/usr/bin/python3 -BEs
"""nvidia.vgpu_manager_version, and nvidia.ecc_mode and nvidia.mig_mode of GPUs, from nvidia-smi -q -x.

NVIDIA's manual of nvidia-smi recommends its XML to programs; its text is not read here. The driver is the
vGPU manager where a GPU has a host vGPU mode.
"""

import re
from xml.parsers import expat

from fleetcompat_facts.device import pci_address
from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import Unexpected, quoted
from fleetcompat_facts.tool import Tool

ROOT = "nvidia_smi_log"
DEPTH = 32
GPUS = 256
TEXT_CHARACTERS = 256
SHOWN = "nvidia-smi -q -x"
VERSION = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}")
HOST_MODES = (["SR-IOV"], ["Non SR-IOV"])
# N/A: the card has no such mode.
MODES = {"Enabled": "enabled", "Disabled": "disabled", "N/A": "N/A"}

DRIVER = ("driver_version",)
ECC = ("gpu", "ecc_mode", "current_ecc")
MIG = ("gpu", "mig_mode", "current_mig")
HOST = ("gpu", "gpu_virtualization_mode", "host_vgpu_mode")


class Log:
    """The few elements of the XML that facts are made from; of each GPU by its own address."""

    def __init__(self):
        self.driver = []
        self.gpus = {}
        self._path = []
        self._gpu = None
        self._text = None

    def read(self, text):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(text, True)
        except expat.ExpatError as e:
            raise Unexpected(SHOWN, "XML", "%s in %s" % (e, text[:64])) from None

    def _entity(self, name, *_):
        raise Unexpected(SHOWN, "no declaration of entities", name)

    def _start(self, name, attributes):
        if not self._path and name != ROOT:
            raise Unexpected(SHOWN, "the root %s" % ROOT, name)
        if len(self._path) >= DEPTH:
            raise Unexpected(SHOWN, "at most %d elements in each other" % DEPTH, name)
        self._path.append(name)
        path = tuple(self._path[1:])
        if path == ("gpu",):
            self._begin_gpu(attributes.get("id", ""))
        self._text = [] if path in (DRIVER, ECC, MIG, HOST) else None

    def _begin_gpu(self, name):
        address = pci_address(name)
        if address is None:
            raise Unexpected(SHOWN, "a gpu with a PCI address as its id", name)
        if address in self.gpus or len(self.gpus) >= GPUS:
            raise Unexpected(SHOWN, "each of at most %d GPUs once" % GPUS, name)
        self._gpu = self.gpus[address] = {}

    def _characters(self, text):
        if self._text is not None:
            self._text.append(text)

    def _end(self, _):
        path = tuple(self._path[1:])
        if self._text is not None:
            text = "".join(self._text).strip()
            if len(text) > TEXT_CHARACTERS:
                raise Unexpected(SHOWN, "at most %d characters in %s" % (TEXT_CHARACTERS, path[-1]), text)
            values = self.driver if path == DRIVER else self._gpu.setdefault(path, [])
            values.append(text)
        self._text = None
        self._path.pop()


def produce(facts, options):
    log = Log()
    log.read(Tool("nvidia-smi", options.timeout).output("-q", "-x"))
    if len(log.driver) != 1 or not VERSION.fullmatch(log.driver[0]):
        raise Unexpected(SHOWN, "one driver_version of numbers and dots", log.driver)
    if any(values.get(HOST) in HOST_MODES for values in log.gpus.values()):
        facts.put("nvidia.vgpu_manager_version", log.driver[0])
    else:
        facts.leave_out("nvidia.vgpu_manager_version", "no GPU has the host vGPU mode SR-IOV or Non SR-IOV")
    for address, values in log.gpus.items():
        _mode(facts, "nvidia.ecc_mode", address, values.get(ECC, []))
        _mode(facts, "nvidia.mig_mode", address, values.get(MIG, []))


def _mode(facts, name, address, values):
    if len(values) == 1 and values[0] in MODES:
        facts.put(name, MODES[values[0]], address)
    else:
        facts.leave_out("%s of %s" % (name, address),
                        "expected one of %s, found %s" % (", ".join(MODES), quoted(values)))


if __name__ == "__main__":
    main("nvidia-smi", "Writes what NVIDIA's driver says of itself and of its GPUs. Needs access to"
         " /dev/nvidiactl and /dev/nvidia*, which must be there already.", produce)
