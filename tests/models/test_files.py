"""Files named by their content, on a disk and in a storage that has no paths."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.utils.functional import LazyObject

from briefs.models import files


class Bucket(Storage):
    """An object storage as Django sees one: a `location`, but no `path()`."""

    location = "media"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def exists(self, name: str) -> bool:
        return name in self.objects

    def size(self, name: str) -> int:
        return len(self.objects[name])

    def delete(self, name: str) -> None:
        del self.objects[name]

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(io.BytesIO(self.objects[name]))

    def _save(self, name: str, content: Any) -> str:
        self.objects[name] = content.read()
        return name


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    made = Bucket()

    class Lazy(LazyObject):
        def _setup(self) -> None:
            self._wrapped = made

    monkeypatch.setattr(files, "default_storage", Lazy())
    return made


def test_a_storage_without_paths_gets_the_file_under_its_name(bucket: Bucket) -> None:
    files.store("pdf/ab/abc.pdf", b"content")
    assert bucket.objects == {"pdf/ab/abc.pdf": b"content"}


def test_other_bytes_in_such_a_storage_are_replaced_and_not_evaded(bucket: Bucket) -> None:
    bucket.objects["a.pdf"] = b"broken!"
    files.store("a.pdf", b"content")
    assert bucket.objects == {"a.pdf": b"content"}


def test_a_name_that_such_a_storage_will_not_give_is_an_error(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bucket, "get_available_name", lambda self, name, max_length: f"{name}_x")
    with pytest.raises(files.StorageError, match=r"could not be stored: the storage has something"):
        files.store("a.pdf", b"content")
    assert not bucket.objects


def test_a_file_on_disk_comes_whole_in_new_directories(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    files.store("pdf/ab/abc.pdf", b"content")
    files.store("pdf/ab/abc.pdf", b"content")
    assert Path(default_storage.path("pdf/ab/abc.pdf")).read_bytes() == b"content"
    assert [path.name for path in (tmp_path / "pdf/ab").iterdir()] == ["abc.pdf"]


def test_a_disk_that_refuses_is_said_and_leaves_nothing(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pdf").write_bytes(b"in the way")
    with pytest.raises(files.StorageError, match=r"^The file could not be stored: .+\.$"):
        files.store("pdf/abc.pdf", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["pdf"]
