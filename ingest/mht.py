"""Take the page out of a web archive (.mht): one message with the page and its pictures."""

from __future__ import annotations

import email
from email.message import Message

from ingest.rejected import UnreadableFile


def page_of(data: bytes) -> bytes:
    """Return the bytes of the archived page: the part named as start, else the first web page.

    Raises :class:`UnreadableFile` (``damaged``) if there is none.
    """
    # Blank lines before the headers would make all of it the body.
    message = email.message_from_bytes(data.lstrip())
    start = str(message.get_param("start") or "")
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    named = [part for part in pages if start and part.get("Content-ID") == start]
    for part in [*named, *pages]:
        page = _payload(part)
        if page.strip():
            return page
    raise UnreadableFile(
        "damaged", "网页存档里没有网页正文，请在浏览器中重新保存，或打印为PDF后再提供。"
    )


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
