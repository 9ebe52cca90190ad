"""Reads the source and says what is wrong with its structure: each function takes the text of one
file and gives faults as sentences. The rules are those of docs and design; the tests of these
functions are in test_architecture.py, as is their use."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

# A module imports only from rows above its own. "thinktank" is wiring too.
LAYERS = (
    {"pandoc"},
    {"stages", "licences", "prose", "citations", "manuscripts"},
    {"models"},
    {"composition"},
    {"freezing", "revisions", "pdf", "search", "metadata", "notifications", "preflight"},
    {"workflow", "intake", "review", "comments", "tasks"},
    {"forms"},
    {"views", "feeds", "sitemaps", "serving", "admin", "templatetags", "management"},
    {"urls", "checks", "installation"},
    {"apps"},
)
ROW = {name: row for row, names in enumerate(LAYERS) for name in names}
MAY_IMPORT_NEIGHBOURS = {"preflight"}

# What readers see is made by these alone; drafts are private because they cannot reach one.
PUBLIC = {"views", "feeds", "sitemaps", "metadata", "search", "serving", "templatetags"}
DRAFTS = {
    *("Brief", "BriefRevision", "BriefTopic", "Byline", "Citation", "Comment", "Contribution"),
    *("Picture", "PictureUse", "StageChange", "Revision", "Version", "compose", "gather"),
    *("draft_of", "Presence", "WorkingCopy"),
}
DRAFT_TABLE = re.compile(
    r"\bbriefs_(brief|briefrevision|brieftopic|byline|citation|comment|contribution|picture"
    r"|pictureuse|presence|stagechange|workingcopy)\b|\breversion_(revision|version)\b"
)
WAYS_TO_DRAFTS = {
    *("brief", "briefs", "created_briefs", "brief_rows", "comments", "picture_uses", "uses"),
    *("citations", "stage_changes", "contributions", "draft_bylines", "of_brief", "revisions"),
}
QUERIES = {
    *("filter", "exclude", "get", "get_or_create", "create", "annotate", "alias", "aggregate"),
    *("select_related", "prefetch_related", "Prefetch", "values", "values_list", "only", "defer"),
    *("order_by", "distinct", "get_object_or_404", "get_list_or_404", "Q", "F", "OuterRef"),
    *("Count", "Max", "Min", "Subquery", "in_bulk", "dates", "attrgetter", "getattr"),
}
# Calls that name what they reach in a string.
BY_NAME = {
    "get_model",
    "get_models",
    "import_module",
    "import_string",
    "__import__",
    "eval",
    "exec",
}
MARKS_SAFE = {"mark_safe", "SafeString", "SafeText", "SafeData", "html_safe", "__html__"}
UNSAFE_TEMPLATE = re.compile(
    r"\|\s*safe(seq)?\b|{%-?\s*autoescape\s+off|{%-?\s*filter\s[^%]*\bsafe(seq)?\b|\bsafe=True"
)
TEMPLATE_TAG = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
MAX_FILE, MAX_FUNCTION, P90_FUNCTION = 400, 60, 25

type Function = ast.FunctionDef | ast.AsyncFunctionDef


def module_of(path: str) -> str:
    """`briefs/pdf/engine.py` belongs to `pdf`, `briefs/stages.py` to `stages`."""
    return path.removesuffix(".py").split("/")[1]


def imported(tree: ast.AST, path: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, relative imports resolved."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def layer_faults(source: str, path: str) -> list[str]:
    module = module_of(path)
    if module not in ROW:
        return [f"{path}: {module} has no layer"]
    faults = []
    for line, name in imported(ast.parse(source), path):
        package, _, rest = name.partition(".")
        other = rest.split(".")[0]
        if package == "tests" or (package == "thinktank" and module != "urls"):
            faults.append(f"{path}:{line}: imports {name}")
        if package != "briefs" or other == module or other not in ROW:
            continue
        neighbour = ROW[other] == ROW[module] and module in MAY_IMPORT_NEIGHBOURS
        if ROW[other] >= ROW[module] and not neighbour:
            faults.append(f"{path}:{line}: {module} imports {name}, which is not above it")
    return faults


def hidden_import_faults(source: str, path: str) -> list[str]:
    return [
        f"{path}:{node.lineno}: {function.name} hides an import"
        for function in functions(source)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def draft_faults(source: str, path: str) -> list[str]:
    """Every way in which public code could reach a draft: by name, attribute or query."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        for word in _reaches_draft(node):
            faults.append(f"{path}:{getattr(node, 'lineno', 0)}: reaches a draft by {word!r}")
    return faults


def _reaches_draft(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        yield from (alias.name for alias in node.names if alias.name in DRAFTS | BY_NAME)
        if node.module == "briefs.models.brief":
            yield node.module
    elif isinstance(node, ast.Attribute) and node.attr in DRAFTS | WAYS_TO_DRAFTS:
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _lookups(node.value)
        yield from DRAFT_TABLE.findall(node.value)
    elif isinstance(node, ast.keyword) and node.arg:
        yield from _lookups(node.arg)
    elif isinstance(node, ast.Call):
        yield from _query_words(node)


def _lookups(word: str) -> Iterator[str]:
    """`brief__body`, `edition__brief__stage`; but `brief_id` and prose are not lookups."""
    parts = word.split("__")
    if word.isidentifier() and len(parts) > 1 and WAYS_TO_DRAFTS & set(parts):
        yield word


def _query_words(call: ast.Call) -> Iterator[str]:
    """In a query, the bare word is a way too: `select_related("brief")`, `filter(brief=…)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in BY_NAME:
        yield name
    if name not in QUERIES:
        return
    for argument in call.args:
        if isinstance(argument, ast.Constant) and argument.value in WAYS_TO_DRAFTS:
            yield str(argument.value)
    yield from (word.arg for word in call.keywords if word.arg in WAYS_TO_DRAFTS)


def template_draft_faults(source: str, path: str) -> list[str]:
    """`edition.brief.title` in a template. `centre.briefs` is a way to drafts as well."""
    ways = re.compile(rf"\.({'|'.join(sorted(WAYS_TO_DRAFTS))})(?!\w)")
    return [
        f"{path}: reaches a draft by {tag}"
        for tag in TEMPLATE_TAG.findall(source)
        if ways.search(re.sub(r"\"[^\"]*\"|'[^']*'", "", tag))
    ]


def marks_safe(source: str, path: str) -> bool:
    if path.endswith(".py"):
        words = {
            getattr(node, "attr", getattr(node, "id", "")) for node in ast.walk(ast.parse(source))
        }
        return bool(words & MARKS_SAFE) or any(
            name.rpartition(".")[2] in MARKS_SAFE for _, name in imported(ast.parse(source), path)
        )
    return bool(UNSAFE_TEMPLATE.search(source))


def engine_faults(source: str, path: str) -> list[str]:
    return [
        f"{path}:{line}: imports {name}"
        for line, name in imported(ast.parse(source), path)
        if name.split(".")[0] in {"weasyprint", "pydyf"} and not path.startswith("briefs/pdf")
    ]


def functions(source: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def size_faults(source: str, path: str) -> list[str]:
    lines = source.count("\n")
    faults = [f"{path}: {lines} lines"] if lines >= MAX_FILE else []
    if path.endswith(".py"):
        faults += [
            f"{path}:{function.lineno}: {function.name} has {length(function)} lines"
            for function in functions(source)
            if length(function) > MAX_FUNCTION
        ]
    return faults


def p90(lengths: list[int]) -> float:
    """The ninth decile, by linear interpolation."""
    ordered = sorted(lengths)
    place = 0.9 * (len(ordered) - 1)
    low, high = next(pairwise([*ordered[int(place) :], ordered[-1]]))
    return low + (high - low) * (place - int(place))
