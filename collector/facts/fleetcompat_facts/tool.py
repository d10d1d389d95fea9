"""The run of a vendor's tool: with a deadline, bounded output and no shell."""

import os
import selectors
import shutil
import signal
import subprocess
import time

from .refusal import SourceMissing, ToolFailed, Unexpected, quoted

OUTPUT_BYTES = 16 << 20
ERROR_BYTES = 4096
CHUNK_BYTES = 64 << 10

# The time that a killed tool has to go; one that hangs in the kernel is left behind.
KILLED_SECONDS = 1.0


class Tool:
    """One program, looked up in PATH unless it is given as a path."""

    def __init__(self, program, timeout):
        self.name = os.path.basename(program)
        self._path = shutil.which(program)
        self._timeout = timeout
        if self._path is None:
            raise SourceMissing("%s: no such program in PATH=%s" % (program, os.environ.get("PATH", "")))

    def output(self, *arguments):
        """What the tool prints, as text; it has to end with status 0 before the deadline."""
        command = [self._path, *arguments]
        shown = " ".join([self.name, *arguments])
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "LC_ALL": "C"},
                start_new_session=True,
            )
        except OSError as e:
            raise ToolFailed("%s: %s" % (shown, e.strerror)) from None
        try:
            out, err = _read(process, shown, time.monotonic() + self._timeout, self._timeout)
        finally:
            _end(process)
        if process.returncode != 0:
            raise ToolFailed(
                "%s: expected exit status 0, found %d, standard error %s"
                % (shown, process.returncode, quoted(err.decode("ascii", "replace").strip())))
        try:
            return out.decode("utf-8")
        except UnicodeDecodeError as e:
            raise Unexpected(shown, "UTF-8", out[max(0, e.start - 8):e.start + 8]) from None


def ask_each(facts, what, devices, ask):
    """Asks a tool about devices one by one; one that fails costs its own facts, but not all may fail."""
    failures = []
    for device in devices:
        try:
            ask(device)
        except ToolFailed as e:
            failures.append(e)
            facts.leave_out("%s of %s" % (what, device), e)
    if failures and len(failures) == len(devices):
        raise ToolFailed("no device could be asked; the last: %s" % failures[-1])


def _read(process, shown, deadline, timeout):
    out, err = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, out)
        selector.register(process.stderr, selectors.EVENT_READ, err)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise ToolFailed("%s: did not end within %g s" % (shown, timeout))
            for key, _ in selector.select(left):
                chunk = os.read(key.fd, CHUNK_BYTES)
                if not chunk:
                    selector.unregister(key.fileobj)
                elif key.data is out:
                    out += chunk
                    if len(out) > OUTPUT_BYTES:
                        raise ToolFailed("%s: printed more than %d bytes" % (shown, OUTPUT_BYTES))
                else:
                    err += chunk[:ERROR_BYTES - len(err)]
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise ToolFailed("%s: did not end within %g s" % (shown, timeout)) from None
    return bytes(out), bytes(err)


def _end(process):
    """Ends the tool and all that it started, if it has not ended by itself."""
    process.stdout.close()
    process.stderr.close()
    if process.returncode is not None:
        return  # Its number may be another process's by now.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    try:
        process.wait(KILLED_SECONDS)
    except subprocess.TimeoutExpired:
        pass
