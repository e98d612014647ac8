"""What the architecture tests look at: the tree under ``src/engawa``, as text and syntax trees, and Django's models.

Each rule is a function that takes sources (path → text) and returns the places that break it, so that a test can both
ask it about the real tree and plant a violation that it must find.
"""

import ast
import re
import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "engawa"

# Files that may be larger, each with its reason.
LARGE_FILES: dict[str, str] = {}
LARGE_FUNCTIONS: dict[str, str] = {}
LARGE_TEMPLATES: dict[str, str] = {}

Sources = Mapping[str, str]


def python_sources() -> Sources:
    """Every module of the product by its path below ``src/engawa``; tests and migrations are not part of it."""
    return _texts(path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))


def template_sources() -> Sources:
    """Every template by its path below ``src/engawa``."""
    return _texts(path for path in PACKAGE.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".typ"})


def _texts(paths: Iterator[Path]) -> Sources:
    return {str(path.relative_to(PACKAGE)): path.read_text() for path in sorted(paths)}


def _functions(text: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Functions with their length in lines, docstring not counted."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node) is not None
            doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            yield node, (node.end_lineno or 0) - node.lineno + 1 - doc


def imports_inside_functions(sources: Sources) -> list[str]:
    """Imports that hide in a function; only ``AppConfig.ready`` may register what lies above it."""
    found = []
    for path, text in sources.items():
        for function, _ in _functions(text):
            if path.endswith("apps.py") and function.name == "ready":
                continue
            found += [
                f"{path}:{node.lineno}" for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
            ]
    return found


_WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create"}
_ACTIONS = re.compile(r"(^|/)actions(/|\.py$)")
# Files outside actions whose calls look like writing rows, each with its reason.
SEEMING_WRITERS = {
    "office/casework/cases/erasures.py": "what the action that erases a case calls for each registered table",
    "office/casework/documents/contents/pdf_reader.py": "saves a PDF into memory",
    "office/casework/documents/contents/pictures.py": "saves a picture into memory",
    "porch/seats/cookie.py": "a session that is a cookie: nothing is stored",
}


def writes_outside_actions(sources: Sources) -> list[str]:
    """Calls that write rows anywhere but in actions: not in views, forms, queries, jobs, letters, models or apps."""
    return [
        f"{path}:{node.lineno} .{node.func.attr}()"
        for path, text in sources.items()
        if not _ACTIONS.search(path)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes_rows(node.func)
    ]


def _writes_rows(function: ast.Attribute) -> bool:
    """``.save()`` on anything, and the manager's writes on anything that is no plain dict or hash."""
    if function.attr.startswith("bulk_"):
        return True
    if function.attr == "update":
        return "objects" in ast.unparse(function.value) or "filter(" in ast.unparse(function.value)
    return function.attr in _WRITES


def rules_with_a_clock(sources: Sources) -> list[str]:
    """Rules that ask for the time or for chance themselves instead of taking it as an argument."""
    forbidden = re.compile(
        r"kernel(\.| import )clock|\.(now|today|utcnow)\(|^import (random|secrets|time)\b", re.MULTILINE
    )
    return [path for path, text in sources.items() if path.endswith("rules.py") and forbidden.search(text)]


_INCLUDE = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"'#]+)""")


def templates_from_elsewhere(sources: Sources) -> list[str]:
    """Templates that include or extend one of another package than their own or ``ui``."""
    found = []
    for path, text in sources.items():
        own = path.split("templates/")[1].split("/")[0]
        found += [
            f"{path} → {named}"
            for named in _INCLUDE.findall(text)
            if named.split("/")[0] not in {own, "ui", "allauth", "account", "mfa", "usersessions"}
        ]
    return found


def inline_code(sources: Sources) -> list[str]:
    """Inline scripts, handlers and styles, which the content security policy would block."""
    pattern = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+=|\sstyle=", re.IGNORECASE)
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
        for path, text in sources.items()
        for match in pattern.finditer(text)
        if path.endswith(".html")
    ]


def over_budget(
    sizes: Mapping[str, int], *, p95: int, hard: int, exceptions: Mapping[str, str], median: int | None = None
) -> list[str]:
    """What breaks a size budget: single places over ``hard``, and the 95th percentile or median over theirs."""
    counted = {name: size for name, size in sizes.items() if name not in exceptions}
    if not counted:
        return []
    found = [f"{name}: {size} lines, at most {hard}" for name, size in counted.items() if size > hard]
    ranked = sorted(counted.values())
    if (high := ranked[int(0.95 * (len(ranked) - 1))]) > p95:
        worst = sorted(counted, key=counted.__getitem__)[-5:]
        found.append(f"95th percentile is {high} lines, at most {p95}; longest: {', '.join(worst)}")
    if median is not None and (middle := statistics.median(ranked)) > median:
        found.append(f"median is {middle} lines, at most {median}")
    return found


def function_sizes(sources: Sources) -> dict[str, int]:
    """Lines of every function, by ``path:name:line``."""
    return {
        f"{path}:{function.name}:{function.lineno}": size
        for path, text in sources.items()
        for function, size in _functions(text)
    }


def file_sizes(sources: Sources) -> dict[str, int]:
    """Lines of every file that has any."""
    return {path: lines for path, text in sources.items() if (lines := text.count("\n")) > 0}


_SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "lib", "core", "shared"}


def names_that_say_nothing(sources: Sources) -> list[str]:
    """Modules and packages with a name under which anything could lie."""
    return [path for path in sources if _SAYS_NOTHING & set(path.removesuffix(".py").split("/"))]


def porch_that_knows_the_office(sources: Sources) -> list[str]:
    """Modules of the porch that name the office, be it in an import or in a string such as a foreign key's."""
    named = re.compile(r"""engawa\.office|["']office""")
    return [path for path, text in sources.items() if path.startswith("porch/") and named.search(text)]
