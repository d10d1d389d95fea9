"""The bounded reading of sysfs, debugfs and /etc below a root."""

import os
import re
import stat
import time

from .device import pci_address
from .refusal import SourceMissing, Unexpected

ENTRIES = 16384
TEXT_BYTES = 64 << 10


class Tree:
    """The file system of a host; tests give another root than /."""

    def __init__(self, root):
        self._root = root

    def path(self, *parts):
        return os.path.join(self._root, *parts)

    def names(self, *parts):
        """The sorted entries of a directory, or none where it is missing."""
        path = self.path(*parts)
        try:
            names = sorted(os.listdir(path))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as e:
            raise SourceMissing("%s: %s" % (path, e.strerror)) from None
        if len(names) > ENTRIES:
            raise Unexpected(path, "at most %d entries" % ENTRIES, len(names))
        return names

    def is_directory(self, *parts):
        """Whether a directory is there; a place that cannot be seen is neither there nor missing."""
        path = self.path(*parts)
        try:
            mode = os.stat(path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as e:
            raise SourceMissing("%s: %s" % (path, e.strerror)) from None
        if not stat.S_ISDIR(mode):
            raise Unexpected(path, "a directory", stat.filemode(mode))
        return True

    def text(self, *parts):
        """The text of a file, or None where it is missing."""
        path = self.path(*parts)
        try:
            with open(path, "rb") as file:
                found = file.read(TEXT_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as e:
            raise SourceMissing("%s: %s" % (path, e.strerror)) from None
        if len(found) > TEXT_BYTES:
            raise Unexpected(path, "at most %d bytes" % TEXT_BYTES, "more")
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError:
            raise Unexpected(path, "UTF-8", found[:64]) from None

    def boot_time(self):
        """When the host was started, in seconds of the clock, or None where /proc does not say it."""
        uptime = self.text("proc/uptime")
        if uptime is None:
            return None
        match = re.match(r"(\d{1,12}(?:\.\d{1,9})?) ", uptime)
        if match is None:
            raise Unexpected(self.path("proc/uptime"), "seconds since the start", uptime)
        return time.time() - float(match.group(1))

    def link_name(self, *parts):
        """The last name of what a link points to, or None where there is no link."""
        try:
            return os.path.basename(os.readlink(self.path(*parts)))
        except OSError:
            return None

    def pci_functions(self):
        """The addresses of all PCI functions."""
        names = self.names("sys/bus/pci/devices")
        return [name for name in names if pci_address(name) == name]

    def is_virtual(self, address):
        """Whether a PCI function is a virtual function of another."""
        return os.path.lexists(self.path("sys/bus/pci/devices", address, "physfn"))
