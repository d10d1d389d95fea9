#!/usr/bin/python3 -BEs
"""host.os_id and host.os_version: ID and VERSION_ID of /etc/os-release (os-release(5))."""

import re
import shlex

from fleetcompat_facts.producer import main
from fleetcompat_facts.refusal import SourceMissing, Unexpected
from fleetcompat_facts.tree import Tree

FIELDS = {"ID": "host.os_id", "VERSION_ID": "host.os_version"}
FILES = ("etc/os-release", "usr/lib/os-release")
# The characters that os-release(5) allows in ID and VERSION_ID.
WORD = re.compile(r"[a-z0-9._-]{1,64}")


def produce(facts, options):
    tree = Tree(options.root)
    for file in FILES:
        text = tree.text(file)
        if text is not None:
            fields = _fields(tree.path(file), text)
            words = {field: value for field, value in fields.items()
                     if field in FIELDS and WORD.fullmatch(value)}
            for field, name in FIELDS.items():
                problem = Unexpected(tree.path(file), "%s, a word of a-z 0-9 . _ -" % field,
                                     fields.get(field, ""))
                if not words:
                    raise problem
                if field in words:
                    facts.put(name, words[field])
                else:  # A distribution without releases has no VERSION_ID.
                    facts.leave_out(name, problem)
            return
    raise SourceMissing("%s and %s: neither is there" % tuple(tree.path(file) for file in FILES))


def _fields(path, text):
    fields = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            key, equals, value = line.partition("=")
            if not equals:
                raise Unexpected(path, "NAME=value", line)
            try:
                words = shlex.split(value)
            except ValueError:
                raise Unexpected(path, "a value as a shell has it", line) from None
            fields[key.strip()] = words[0] if len(words) == 1 else " ".join(words)
    return fields


if __name__ == "__main__":
    main("os-release", "Writes which release of which distribution the host runs. Needs no privilege.",
         produce)
