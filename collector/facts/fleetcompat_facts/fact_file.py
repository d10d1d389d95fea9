"""The files of facts of one producer: NAME=value and NAME.DEVICE=value lines."""

import os
import re
import sys
import tempfile
import time

from .refusal import NotWritten, Unexpected, quoted

# The bounds of the collector that reads the files, or below them.
FILE_BYTES = 60 * 1024
FILES = 16
FACTS = 4096
VALUE_CHARACTERS = 1024

# A run that was killed leaves its temporary file; no run takes this long.
LEFT_OVER_SECONDS = 3600

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")


class FactFile:
    """Facts that are gathered one by one and written all at once."""

    def __init__(self, producer):
        self.producer = producer
        self._facts = {}
        self._warnings = 0

    def put(self, name, value, device=None):
        """Adds a fact. Its value is one line of printable ASCII, so that it cannot bring a second fact."""
        if not _NAME.fullmatch(name):
            raise ValueError("no name of a fact: %r" % name)
        key = name if device is None else "%s.%s" % (name, device)
        if len(value) > VALUE_CHARACTERS:
            raise Unexpected(key, "at most %d characters" % VALUE_CHARACTERS, value)
        if not _VALUE.fullmatch(value):
            raise Unexpected(key, "printable ASCII without blanks around it", value)
        if self._facts.get(key, value) != value:
            raise Unexpected(key, "one value, and that was %s" % quoted(self._facts[key]), value)
        if len(self._facts) >= FACTS:
            raise Unexpected(self.producer, "at most %d facts" % FACTS, "more")
        self._facts[key] = value

    def leave_out(self, what, why):
        """Says on standard error that one value is not among the facts; nothing is guessed for it."""
        self._warnings += 1
        if self._warnings <= 50:
            print("%s: left out %s: %s" % (self.producer, what, why), file=sys.stderr)

    def try_put(self, name, value, device=None):
        """Adds a fact, or leaves it out where its value cannot be one."""
        try:
            self.put(name, value, device)
        except Unexpected as e:
            self.leave_out(name, e)

    def texts(self):
        """The contents of the files, each within the bound of a reader; at least one."""
        head = "# Written by %s of fleetcompat; what is changed here is lost.\n" % self.producer
        texts = [head]
        for key in sorted(self._facts):
            line = "%s=%s\n" % (key, self._facts[key])
            if len(texts[-1]) + len(line) > FILE_BYTES:
                texts.append(head)
            texts[-1] += line
        if len(texts) > FILES:
            raise NotWritten("%d files of facts are more than %d" % (len(texts), FILES))
        return texts

    def forget_before(self, directory, boot_time):
        """Removes the files of runs before the host was started: modes, firmware and what was set for
        devices may have changed with it, and a script that fails now would leave them standing."""
        try:
            for number in range(1, FILES + 1):
                path = os.path.join(directory, self._file_name(number))
                if os.path.lexists(path) and os.lstat(path).st_mtime < boot_time:
                    self._remove(path)
        except OSError as e:
            raise NotWritten("%s: %s" % (e.filename or directory, e.strerror)) from None

    def write(self, directory):
        """Puts the facts into PRODUCER.facts, and what does not fit into PRODUCER-2.facts and so on.

        Each file is whole from the first moment on, and files of an earlier run that are not needed
        any more are gone afterwards.
        """
        texts = self.texts()
        try:
            self._remove_left_over(directory)
            for number, text in enumerate(texts, 1):
                self._replace(directory, self._file_name(number), text)
            for number in range(len(texts) + 1, FILES + 1):
                self._remove(os.path.join(directory, self._file_name(number)))
        except OSError as e:
            raise NotWritten("%s: %s" % (e.filename or directory, e.strerror)) from None

    def _file_name(self, number):
        return self.producer + ("" if number == 1 else "-%d" % number) + ".facts"

    def _temporary_prefix(self):
        # Readers take names that end in .facts and do not begin with a dot.
        return ".%s.facts." % self.producer

    def _replace(self, directory, name, text):
        handle, temporary = tempfile.mkstemp(prefix=self._temporary_prefix(), dir=directory)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            os.replace(temporary, os.path.join(directory, name))
        except BaseException:
            self._remove(temporary)
            raise

    def _remove_left_over(self, directory):
        for name in os.listdir(directory):
            path = os.path.join(directory, name)
            if name.startswith(self._temporary_prefix()):
                try:
                    if time.time() - os.lstat(path).st_mtime > LEFT_OVER_SECONDS:
                        self._remove(path)
                except FileNotFoundError:
                    pass

    @staticmethod
    def _remove(path):
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
