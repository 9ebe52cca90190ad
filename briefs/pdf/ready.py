"""Imported by the fork server alone, before its first job: what its children share."""

import atexit
import contextlib
import gc
import os
import shutil
import tempfile
from pathlib import Path

import pyphen

from briefs.pdf import engine
from briefs.pdf.job import FONTS_CONF, HOME, Job, TypesettingError
from briefs.pdf.looks import MARK, named_files, static_file, style

# A word or more in each face, on two pages: what is first used here is not first used by a child.
SAMPLE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A sample</title>
<body class="brief"><div class="running"><span class="running-title" data-label="A sample"></span>
<span class="running-institute" data-label="Institute"></span>
<span class="running-edition" data-label="Edition"></span>
<span class="running-page" data-label="Page"></span></div>
<header class="letterhead"><img class="mark" src="img/mark.svg" alt=""><p class="house">Institute</p>
<p class="address"><a href="https://example.org/">example.org</a></p></header>
<main><header class="head"><p class="kicker"><span class="series">Brief</span></p><h1>A sample</h1>
<p class="subtitle">Of words</p><ul class="byline"><li><span class="name">Name</span></li></ul>
<p class="disclaimer">Views</p></header><article class="prose"><h2>Words</h2>
<p>Affordable <em>words</em>, <strong>figures</strong> and <strong><em>more</em></strong>, 2025.<span
class="footnote" id="fn-1">A note, <em>italic</em>, <strong>bold</strong>, <a
href="https://example.org/">address</a>.</span></p><ul><li>Item</li></ul>
<p style="break-before: page">“Another” page – of an <i>unbelievably</i> hyphenated paragraph.</p>
</article></main><footer class="colophon"><dl><div><dt>Edition</dt><dd><em>First</em></dd></div></dl>
</footer></body></html>"""


def make_ready(home: str) -> None:
    """Hold the style of a brief in Latin script; others are parsed by their own child. The faces lie
    in `home`, which the caller's process takes away. No fonts but the bundled ones: a job's own
    scratch has the same configuration."""
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # its parent may have been killed
    tempfile.tempdir = home
    conf = Path(home, "fonts.conf")
    conf.write_text(FONTS_CONF.format(scratch=home), encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(conf)
    css = style()
    files = {name: static_file(name) for name in named_files(css)}
    pyphen.Pyphen(lang=pyphen.language_fallback("en"))  # reads its patterns
    engine.hold(Job(SAMPLE, css, files, notes=(1,)), {MARK: static_file(MARK)})


with contextlib.suppress(OSError, TypesettingError):  # the first job will say it
    make_ready(os.environ[HOME])
gc.collect()
gc.freeze()  # a child's collections neither look at what is shared nor copy it
