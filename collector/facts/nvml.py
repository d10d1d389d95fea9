#!/usr/bin/python3 -BEs
"""nvidia.vgpu_version_min and nvidia.vgpu_version_max, from nvmlGetVgpuVersion of NVIDIA's NVML.

NVML Reference, vGPU Migration: the call fills two nvmlVgpuVersion_t, each two unsigned ints, minVersion and
maxVersion: the range that is preset for the vGPU manager, and the one that an administrator has set, which is
the preset one where none has. The second counts. nvidia-smi prints neither.
"""

import ctypes
import os
import re
import sys

from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import Unexpected
from fleetcompat_facts.tool import Tool

LIBRARY = "libnvidia-ml.so.1"
ASK = "--ask"


class VgpuVersion(ctypes.Structure):
    """nvmlVgpuVersion_t of nvml.h."""

    _fields_ = [("lowest", ctypes.c_uint), ("highest", ctypes.c_uint)]


def produce(facts, options):
    # Another process asks, so that a library that hangs or crashes is a tool that failed.
    asked = Tool(sys.executable, options.timeout).output("-BEs", os.path.abspath(__file__), ASK, options.library)
    match = re.fullmatch(r"(\d{1,10}) (\d{1,10})\n", asked)
    if match is None:
        raise Unexpected("nvmlGetVgpuVersion", "two numbers", asked)
    lowest, highest = int(match.group(1)), int(match.group(2))
    if not 0 < lowest <= highest:
        raise Unexpected("nvmlGetVgpuVersion", "a range from 1 on", asked)
    facts.put("nvidia.vgpu_version_min", str(lowest))
    facts.put("nvidia.vgpu_version_max", str(highest))


def ask(library):
    """Prints the range that is in force; ends with 1 where the library or the driver refuses."""
    try:
        nvml = ctypes.CDLL(library)
        preset, current = VgpuVersion(), VgpuVersion()
        for name, arguments in (("nvmlInit_v2", ()),
                                ("nvmlGetVgpuVersion", (ctypes.byref(preset), ctypes.byref(current)))):
            status = getattr(nvml, name)(*arguments)
            if status != 0:
                return "%s: expected status 0, found %d" % (name, status)
        print(current.lowest, current.highest)
        nvml.nvmlShutdown()
        return 0
    except (OSError, AttributeError) as e:
        return str(e)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == ASK:
        sys.exit(ask(sys.argv[2]))
    main("nvml", "Writes the range of vGPU versions that the host takes. Needs access to /dev/nvidiactl and"
         " /dev/nvidia*, which must be there already.", produce,
         lambda parser: parser.add_argument("--library", default=LIBRARY, metavar="FILE",
                                            help="NVML (default %(default)s)"))
