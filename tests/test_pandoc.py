import json
import subprocess

import pytest

from briefs import pandoc


def test_converts_bytes_to_bytes():
    assert pandoc.run(["-f", "markdown", "-t", "html"], b"*so*") == b"<p><em>so</em></p>\n"


def test_a_failure_is_one_sentence():
    with pytest.raises(pandoc.PandocError) as caught:
        pandoc.run(["-f", "docx", "-t", "json"], b"no archive")
    assert str(caught.value).startswith("The converter failed: ")
    assert "\n" not in str(caught.value)


def test_a_slow_conversion_is_stopped():
    with pytest.raises(pandoc.PandocError, match=r"longer than 0\.2 seconds and was stopped"):
        pandoc.run(["-f", "markdown", "-t", "json"], b"[" * 60_000, timeout=0.2)


def test_a_conversion_that_needs_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(pandoc, "FENCE", ("--sandbox", "+RTS", "-M8m", "-RTS"))
    with pytest.raises(pandoc.PandocError, match="more memory than it is allowed"):
        pandoc.run(["-f", "markdown", "-t", "json"], b"word *and* word\n\n" * 50_000)


def test_a_missing_converter_is_said_to_be_missing(monkeypatch):
    pandoc.binary.cache_clear()
    monkeypatch.setattr(pandoc.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(pandoc.PandocError, match="not installed"):
        pandoc.run(["--version"], b"")
    monkeypatch.undo()
    assert pandoc.binary().endswith("pandoc")


def test_a_converter_that_cannot_start_is_an_error_of_ours(monkeypatch, tmp_path):
    monkeypatch.setattr(pandoc, "binary", lambda: str(tmp_path))
    with pytest.raises(pandoc.PandocError, match="could not be started"):
        pandoc.run(["--version"], b"")


def test_the_sandbox_reads_no_file_of_the_machine(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("sentinel")
    source = f"```{{.include}}\n{secret}\n```\n\n![x]({secret})\n".encode()
    output = pandoc.run(["-f", "markdown", "-t", "html", "--embed-resources", "-s"], source)
    assert b"sentinel" not in output
    assert b"c2VudGluZWw" not in output  # base64


def test_runs_do_not_share_the_environment(monkeypatch):
    monkeypatch.setenv("PANDOC_SECRET", "sentinel")
    seen = {}
    popen = subprocess.Popen

    def spy(*args, **kwargs):
        seen.update(kwargs["env"])
        return popen(*args, **kwargs)

    monkeypatch.setattr(pandoc.subprocess, "Popen", spy)
    assert json.loads(pandoc.run(["-f", "markdown", "-t", "json"], b"x"))["blocks"]
    assert set(seen) == {"LANG", "LC_ALL"}
