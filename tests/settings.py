"""The product's settings as the tests run them: in an environment of their own, so that neither a
`.env` nor a developer's shell changes a result. `DATABASE_URL` alone is heard: it chooses the
database, and the suite passes on both."""

import atexit
import os
import shutil
import tempfile
import uuid
from pathlib import Path

for _name in ("ALLOWED_HOSTS", "STATIC_ROOT", "EMAIL_URL", "CACHE_URL"):
    os.environ.pop(_name, None)
_media = Path(tempfile.gettempdir(), f"thinktank-media-{uuid.uuid4().hex}")  # one for each worker
atexit.register(shutil.rmtree, _media, ignore_errors=True)
os.environ |= {
    "ENV_FILE": "",
    "DEBUG": "1",
    "SECRET_KEY": "only-for-tests-" + "0" * 50,
    "SITE_URL": "http://localhost:8000",
    "MEDIA_ROOT": str(_media),
}
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from thinktank.settings import *
from thinktank.settings import DATABASES

# A pool would hold connections to a test database that is to be dropped.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# A database in memory has one connection for all threads, which mix up each other's answers: the
# desk's forms speak while a test looks. In a file each has its own, as in production.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _file = f"{_media}.sqlite3"
    DATABASES["default"] |= {"NAME": _file, "TEST": {"NAME": _file}}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    for _suffix in ("", "-wal", "-shm"):
        atexit.register(Path(f"{_file}{_suffix}").unlink, missing_ok=True)
# Slow on purpose in production.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files from where they lie: no collectstatic before the tests.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
