"""What the live server is still answering: forms speak when their page goes, and a database cannot be
emptied below them."""

import threading
from typing import Any, Self

from django.core.signals import request_finished, request_started

PATIENCE = 30.0  # seconds


class Traffic:
    """Counts requests between two signals; those of the test's own client, on its thread, not."""

    def __init__(self) -> None:
        self.open = 0
        self.changed = threading.Condition()

    def __enter__(self) -> Self:
        request_started.connect(self._started)
        request_finished.connect(self._finished)
        return self

    def __exit__(self, *_error: object) -> None:
        request_started.disconnect(self._started)
        request_finished.disconnect(self._finished)

    def wait_until_still(self) -> None:
        with self.changed:
            self.changed.wait_for(lambda: self.open <= 0, timeout=PATIENCE)

    def _started(self, **_signal: Any) -> None:
        self._count(1)

    def _finished(self, **_signal: Any) -> None:
        self._count(-1)

    def _count(self, change: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return
        with self.changed:
            self.open += change
            self.changed.notify_all()
