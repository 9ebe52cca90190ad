"""Sources, and briefs themselves, for other people's reference managers. Pure."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .bibtex import bibtex
from .csl import clean
from .ris import ris

__all__ = ["bibtex", "csl_json", "ris"]


def csl_json(items: Iterable[Mapping[str, Any]]) -> str:
    """A JSON list of CSL items; each has an `id`, its own or its place in the list."""
    listed = [
        {"id": str(item.get("id") or number), **clean(item)} for number, item in enumerate(items, 1)
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
