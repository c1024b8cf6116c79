"""A file inside a report: what the PDF maker is told of it, and nothing of Django, because its process knows none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attached:
    """A JSON text with its file name, a description, and the one time (ISO 8601) that stands for made and changed."""

    name: str
    text: str
    description: str
    at: str
