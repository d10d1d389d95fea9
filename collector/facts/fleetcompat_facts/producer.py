"""The command line of a producer: options, a run, and an exit status."""

import argparse
import math
import sys

from .fact_file import FactFile
from .refusal import Refusal
from .tree import Tree

DIRECTORY = "/var/lib/fleetcompat/facts.d"
TIMEOUT_SECONDS = 20.0

_EPILOG = """exit status: 0 the facts are written; 1 a fault of the script itself; 2 a bad option; 3 the tool or
the kernel's directory is missing; 4 the tool failed, hung or printed too much; 5 it printed what is not
known; 6 the facts could not be written. With any but 0 the file of an earlier run stays, and grows too old; one
of a run before the host was started is removed first."""


def main(producer, description, produce, add_options=lambda parser: None):
    """Runs produce(facts, options) and writes the facts that it has gathered."""
    parser = argparse.ArgumentParser(prog=producer, description=description, epilog=_EPILOG)
    parser.add_argument("--directory", default=DIRECTORY, metavar="DIR",
                        help="where %s.facts is written (default %%(default)s)" % producer)
    parser.add_argument("--print", action="store_true", dest="to_output",
                        help="print the facts and write nothing")
    parser.add_argument("--timeout", type=_seconds, default=TIMEOUT_SECONDS, metavar="SECONDS",
                        help="the longest that one run of a tool may take (default %(default)s)")
    parser.add_argument("--root", default="/", metavar="DIR",
                        help="the directory that sys, etc and so on are read below (default %(default)s)")
    add_options(parser)
    options = parser.parse_args()
    facts = FactFile(producer)
    try:
        boot_time = None if options.to_output else Tree(options.root).boot_time()
        if boot_time is not None:
            facts.forget_before(options.directory, boot_time)
        produce(facts, options)
        if options.to_output:
            sys.stdout.write("".join(facts.texts()))
        else:
            facts.write(options.directory)
    except Refusal as e:
        print("%s: %s" % (producer, e), file=sys.stderr)
        sys.exit(e.status)


def _seconds(text):
    value = float(text)
    if not (math.isfinite(value) and 0 < value <= 3600):
        raise argparse.ArgumentTypeError("expected more than 0 and at most 3600 seconds")
    return value
