"""The question sets that come with the house: one file each in ``sets``, read once by a migration.

A released version never changes, so a correction is a new file with the next version and a migration that reads it.
"""

import tomllib
from importlib.resources import files
from typing import Any

_WORDS = ("key", "text", "form", "options", "help", "unit", "required", "primary", "condition", "professional")


def read(file: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The fields of a set, and those of its questions in their order."""
    found = tomllib.loads(files(__package__).joinpath("sets", f"{file}.toml").read_text())
    questions = [
        {"section": section["title"], **question}
        for section in found.pop("section")
        for question in section["question"]
    ]
    for position, question in enumerate(questions):
        if foreign := question.keys() - {*_WORDS, "section"}:
            raise ValueError(f"{file}: {sorted(foreign)} mean nothing")
        question["position"] = position
    return found, questions
