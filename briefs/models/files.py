"""Files that are named by their content, so that one name always means the same bytes."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


class StorageError(OSError):
    """The file could not be stored; the message is a sentence for the operator."""


def store(name: str, content: bytes) -> None:
    """Put `content` at `name`, whole or not at all: temporary file, fsync, rename.

    A file that is there already with the same bytes is left alone. Raises StorageError."""
    try:
        if _holds(name, content):
            return
        if isinstance(default_storage, FileSystemStorage) or hasattr(default_storage, "location"):
            _write(Path(default_storage.path(name)), content)
        else:
            default_storage.save(name, ContentFile(content))
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(f"The file could not be stored: {reason}.") from error


def _holds(name: str, content: bytes) -> bool:
    if not default_storage.exists(name) or default_storage.size(name) != len(content):
        return False
    with default_storage.open(name) as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return digest == hashlib.sha256(content).digest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
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
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
