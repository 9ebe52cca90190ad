"""Files that are named by their content, so that one name always means the same bytes."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class StorageError(OSError):
    """The file could not be stored; the message is a sentence for the operator."""


def store(name: str, content: bytes) -> None:
    """Put `content` at `name`, whole or not at all.

    A file that is there already with the same bytes is left alone. Raises StorageError."""
    try:
        if _holds(name, content):
            return
        path = _path(name)
        if path is None:
            _upload(name, content)
        else:
            _make_directory(path.parent)
            write(path, content)
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(f"The file could not be stored: {reason}.") from error


def write(path: Path, content: bytes) -> None:
    """`content` as the file at `path`, whole or not at all: temporary file, fsync, rename.

    Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o644)
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    _sync(path.parent)


def _holds(name: str, content: bytes) -> bool:
    if not default_storage.exists(name) or default_storage.size(name) != len(content):
        return False
    with default_storage.open(name) as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return digest == hashlib.sha256(content).digest()


def _path(name: str) -> Path | None:
    """Where the file is on this machine's disks; None in a storage elsewhere."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


def _upload(name: str, content: bytes) -> None:
    """Such a storage writes whole files, but evades what is there by taking another name."""
    if default_storage.exists(name):
        default_storage.delete(name)
    stored = default_storage.save(name, ContentFile(content))
    if stored != name:
        default_storage.delete(stored)
        raise StorageError(f"the storage has something else at {name}")


def _make_directory(directory: Path) -> None:
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    directory.mkdir(parents=True, exist_ok=True)
    for path in missing:
        _sync(path.parent)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
