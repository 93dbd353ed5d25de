"""The ways in which a file yields no report."""

from __future__ import annotations


class Rejected(Exception):
    """A file that yields no report: a short reason code and one sentence that says what to do."""

    kind = ""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message


class UnreadableFile(Rejected):
    """The bytes cannot be read as a document."""

    kind = "unreadable"


class NotAReport(Rejected):
    """The document can be read, but is no annual report."""

    kind = "skipped"
