"""The structure of the code, and that the tests of it can fail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import structure

ROOT = Path(__file__).resolve().parent.parent
SAFE_TEMPLATE = "templates/briefs/_prose.html"
SAFE_JSON = "briefs/metadata.py"  # for a script element of data, in which no HTML is read
PRIVATE_TEMPLATES = ("templates/admin/", "templates/briefs/email/")


def files(*patterns: str) -> dict[str, str]:
    paths = [path for pattern in patterns for path in ROOT.glob(pattern)]
    named = {path.relative_to(ROOT).as_posix(): path for path in sorted(paths)}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in named.items()
        if "/migrations/" not in name
    }


def faults(check: Callable[[str, str], list[str]], sources: dict[str, str]) -> str:
    return "\n".join(fault for path, text in sources.items() for fault in check(text, path))


def app() -> dict[str, str]:
    sources = files("briefs/**/*.py")
    del sources["briefs/__init__.py"]
    return sources


def public() -> dict[str, str]:
    return {
        path: text for path, text in app().items() if structure.module_of(path) in structure.PUBLIC
    }


def templates() -> dict[str, str]:
    return files("templates/**/*.*", "briefs/**/templates/**/*.*")


def test_a_module_imports_only_from_layers_above_its_own() -> None:
    assert not faults(structure.layer_faults, app())


def test_no_import_hides_in_a_function() -> None:
    assert not faults(structure.hidden_import_faults, app() | files("thinktank/*.py", "manage.py"))


def test_public_code_cannot_reach_a_draft() -> None:
    assert not faults(structure.draft_faults, public())


def test_public_templates_cannot_reach_a_draft() -> None:
    seen = {p: text for p, text in templates().items() if not p.startswith(PRIVATE_TEMPLATES)}
    assert not faults(structure.template_draft_faults, seen)


def test_only_the_pdf_package_imports_the_engine() -> None:
    assert not faults(structure.engine_faults, files("briefs/**/*.py", "thinktank/*.py"))


def test_one_template_marks_html_safe_and_no_code_does() -> None:
    sources = templates() | files("briefs/**/*.py", "thinktank/*.py")
    marking = {path for path, text in sources.items() if structure.marks_safe(text, path)}
    assert marking - {SAFE_JSON} == {SAFE_TEMPLATE}


def test_files_and_functions_are_short() -> None:
    sources = files("briefs/**/*.py", "thinktank/*.py", "tests/**/*.py", "templates/**/*.html")
    assert not faults(structure.size_faults, sources)
    code = files("briefs/**/*.py", "thinktank/*.py").values()
    lengths = [structure.length(f) for text in code for f in structure.functions(text)]
    assert structure.p90(lengths) < structure.P90_FUNCTION


def test_settings_are_one_file_under_250_lines() -> None:
    assert (ROOT / "thinktank/settings.py").read_text().count("\n") < 250


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("briefs/prose.py", "from briefs.models import Edition"),
        ("briefs/prose.py", "from briefs import stages"),
        ("briefs/models/brief.py", "import briefs.workflow"),
        ("briefs/models/brief.py", "from ..composition import compose"),
        ("briefs/models/brief.py", "from .. import composition"),
        ("briefs/pdf/engine.py", "from briefs.search import index"),
        ("briefs/workflow.py", "from briefs.intake import take_in"),
        ("briefs/workflow.py", "if TYPE_CHECKING:\n    from briefs.views import lists"),
        ("briefs/management/commands/demo.py", "from briefs.admin import desk"),
        ("briefs/composition/drafts.py", "from thinktank import settings"),
        ("briefs/composition/drafts.py", "from tests import factories"),
        ("briefs/utils.py", ""),
    ],
)
def test_an_import_from_a_lower_layer_is_found(path: str, source: str) -> None:
    assert structure.layer_faults(source, path)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("briefs/models/edition.py", "from briefs.models.facts import Fact\nfrom . import facts"),
        ("briefs/models/edition.py", "from ..stages import Stage\nfrom briefs import prose"),
        ("briefs/preflight.py", "from briefs.pdf import typeset"),
        ("briefs/citations/render.py", "from briefs import pandoc"),
        ("briefs/urls.py", "from briefs.views import lists\nfrom thinktank import urls"),
        ("briefs/apps.py", "from briefs import checks"),
        ("briefs/views/lists.py", "from django.conf import settings"),
    ],
)
def test_an_import_from_a_higher_layer_is_fine(path: str, source: str) -> None:
    assert not structure.layer_faults(source, path)


def test_an_import_in_a_function_is_found_at_any_depth() -> None:
    source = "class A:\n    def f(self):\n        if self:\n            import json"
    assert structure.hidden_import_faults(source, "briefs/prose.py")
    typed = "if TYPE_CHECKING:\n    from briefs.models import Brief"
    assert not structure.hidden_import_faults(typed, "briefs/prose.py")


@pytest.mark.parametrize(
    "source",
    [
        "from briefs.models import Brief",
        "from briefs.models import Edition, Citation as Hidden",
        "from briefs.models.brief import something",
        "models.Brief.objects.all()",
        "title = edition.brief.title",
        "drafts = centre.briefs.all()",
        "Edition.objects.filter(brief__stage='published')",
        "Edition.objects.filter(**{'brief__stage': 1})",
        "EditionByline.objects.order_by('edition__brief__title')",
        "Edition.objects.select_related('brief')",
        "Edition.objects.filter(brief=1)",
        "Author.objects.filter(Q(bylines__brief__title=''))",
        "getattr(edition, 'brief')",
        "apps.get_model('briefs', 'Brief')",
        "cursor.execute('SELECT title FROM briefs_brief WHERE id = 1')",
        "cursor.execute(f'SELECT * FROM {x} JOIN \"briefs_byline\" b ON true')",
        "from briefs.composition import compose",
        "from briefs.composition import read, compose as freeze",
        "from briefs import composition\ncomposition.compose(found)",
        "from briefs.composition.composing import gather",
        "from briefs.composition.drafts import draft_of as read",
        "author.draft_bylines.all()",
        "Author.objects.filter(draft_bylines__role='')",
        "import_module('briefs.models.brief')",
        "from django.utils.module_loading import import_string",
        "importlib.import_module(name)",
        "__import__('briefs')",
    ],
)
def test_a_way_from_public_code_to_a_draft_is_found(source: str) -> None:
    assert structure.draft_faults(source, "briefs/views/lists.py")


@pytest.mark.parametrize(
    "source",
    [
        "Edition.objects.filter(brief_id=address.brief_id)",
        "Edition.objects.values('brief_id')",
        "redirect('brief', slug=address.slug)",
        "render(request, 'briefs/brief.html', {'brief': edition})",
        "from briefs.citations import export",
        "from briefs.models import Edition, EditionByline",
        "from briefs.composition import Composition, read",
        "cursor.execute('SELECT rowid FROM briefs_search JOIN briefs_edition')",
        "reverse('admin:briefs_brief_change')",
        "edition.bylines.all()",
        "'''Says how a brief is found; see edition.brief__ in the design.'''",
    ],
)
def test_public_code_may_name_the_brief_by_its_key(source: str) -> None:
    assert not structure.draft_faults(source, "briefs/views/lists.py")


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("{{ edition.brief.title }}", True),
        ("{% for item in centre.briefs.all %}", True),
        ("{{ edition.brief }}", True),
        ("{{ edition.brief_id }} {{ edition.briefing }}", False),
        ("<p>See edition.brief.title.</p>", False),
        ("{% include 'x.brief.html' %}{% url 'brief' slug %}", False),
    ],
)
def test_a_way_from_a_template_to_a_draft_is_found(source: str, wrong: bool) -> None:
    assert bool(structure.template_draft_faults(source, "templates/x.html")) is wrong


@pytest.mark.parametrize(
    ("path", "source", "wrong"),
    [
        ("x.html", "{{ body|safe }}", True),
        ("x.html", "{{ body | safe }}", True),
        ("x.html", "{{ rows|safeseq|join:', ' }}", True),
        ("x.html", "{% autoescape off %}", True),
        ("x.html", "{% filter safe %}{{ body }}{% endfilter %}", True),
        ("x.html", "{% filter upper|safe %}{{ body }}{% endfilter %}", True),
        ("x.html", "{% filter upper %}safe{% endfilter %}", False),
        ("x.html", "{{ body|linebreaks }} safe", False),
        ("x.py", "from django.utils.safestring import mark_safe", True),
        ("x.py", "from django.utils import safestring\nsafestring.SafeString('x')", True),
        ("x.py", "format_html('<b>{}</b>', name)", False),
    ],
)
def test_marking_html_safe_is_found(path: str, source: str, wrong: bool) -> None:
    assert structure.marks_safe(source, path) is wrong


def test_another_importer_of_the_engine_is_found() -> None:
    assert structure.engine_faults("from weasyprint import HTML", "briefs/workflow.py")
    assert not structure.engine_faults("from weasyprint import HTML", "briefs/pdf/engine.py")


def test_a_long_file_and_a_long_function_are_found() -> None:
    assert structure.size_faults("\n" * 400, "briefs/x.py")
    assert structure.size_faults("def f():\n" + "    pass\n" * 60, "briefs/x.py")
    assert not structure.size_faults("def f():\n" + "    pass\n" * 59, "briefs/x.py")


def test_the_ninth_decile_is_interpolated() -> None:
    assert structure.p90([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) == 10
    assert structure.p90([0, 10]) == 9
    assert structure.p90([7]) == 7
