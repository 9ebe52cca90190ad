"""The hashes of a composition: of an edition, and of what a reviewer approves.

Imports nothing of this project but the values."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict
from typing import Any

from briefs.composition.values import Composition

# They may change later, or differ in another database, without changing what was published.
NOT_PRINTED = {"slug", "centre_slug", "series_slug", "author", "topic", "centre_key", "series_key"}
EMPTY: tuple[Any, ...] = (None, "", (), [], {})
# What a reviewer approves: all that is read, but not number, date, place and letterhead.
TEXT = "title subtitle summary language byline disclaimer body notes references cover cover_alt".split()


def facts(composition: Composition) -> dict[str, Any]:
    """All that is printed but addresses. What is empty is left out, so that a field that a later
    version adds changes no hash of before."""

    def printed(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {
            name: value
            for name, value in pairs
            if name not in NOT_PRINTED and value not in EMPTY and value is not False
        }

    values = asdict(composition, dict_factory=printed)
    values.pop("address", None)
    return values


def canonical(composition: Composition) -> bytes:
    """The canonical JSON of an edition: sorted keys, UTF-8, no white space, no addresses."""
    return _json(facts(composition))


def text_digest(composition: Composition) -> str:
    """SHA-256 of what a reviewer approves."""
    values = facts(composition)
    text = {name: values[name] for name in TEXT if name in values}
    return hashlib.sha256(_json(text)).hexdigest()


def _json(values: dict[str, Any]) -> bytes:
    return json.dumps(
        values, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_instant
    ).encode()


def digest(composition: Composition) -> str:
    """The hash of an edition: SHA-256 of its canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(composition)).hexdigest()


def _instant(value: dt.date | dt.datetime) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat()
