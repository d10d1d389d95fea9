"""The ways in which a producer ends without a file; the file of an earlier run stays as it is."""


class Refusal(Exception):
    """An end that is said in one line and an exit status."""

    status = 1


class SourceMissing(Refusal):
    """The tool or the directory of the kernel that a producer reads is not there."""

    status = 3


class ToolFailed(Refusal):
    """The tool did not end well: an exit status, a signal, a deadline, too much output."""

    status = 4


class Unexpected(Refusal):
    """What was read is not of the form that the producer knows."""

    status = 5

    def __init__(self, where, expected, found):
        super().__init__("%s: expected %s, found %s" % (where, expected, quoted(found)))


class NotWritten(Refusal):
    """The facts could not be put into the directory."""

    status = 6


QUOTED_CHARACTERS = 160


def quoted(found):
    """Anything that was read, as one line of printable ASCII for a log."""
    text = ascii(found)
    return text if len(text) <= QUOTED_CHARACTERS else text[:QUOTED_CHARACTERS] + "..."
