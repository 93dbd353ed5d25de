"""The exit codes of ``gouji``, a contract with CI jobs."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command's end says; a finding wins over what could not be read or evaluated."""

    OK = 0
    """Nothing at or above ``--fail-on`` was found."""

    FINDINGS = 1
    """At least one finding at or above ``--fail-on``."""

    USAGE = 2
    """Wrong usage, wrong configuration, or a query that is refused."""

    INCOMPLETE = 3
    """A file could not be read, or an expectation could not be evaluated."""
