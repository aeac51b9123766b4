"""The map of DESIGN: which app may know which, and where statuses may change."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent

# From the top down. Apps on one line do not know each other.
LAYERS = [
    {"portal"},
    {"staff", "api", "research_api"},
    {"applications", "queries"},
    {"quotas"},
    {"organizations"},
    {"reviews"},
    {"programmes"},
    {"institutions"},
    {"accounts"},
    {"outbox"},
    {"audit"},
    {"lib"},
]
HOUSE = {app for layer in LAYERS for app in layer} | {"corpus"}

# The data knows no person: it stands on two apps and is used from above `quotas`.
CORPUS_MAY_USE = {"audit", "lib", "corpus"}
MAY_USE_CORPUS = {"portal", "staff", "api", "research_api", "applications", "queries", "corpus"}
MAY_READ_CODEBOOK = {"programmes", "reviews", "organizations", "quotas"}


def _depth(app):
    return next(depth for depth, layer in enumerate(LAYERS) if app in layer)


def is_allowed(importer, module):
    """Whether code of the app `importer` may use `module`, a dotted name."""
    used = module.split(".")[0]
    if used not in HOUSE or importer == used:
        return True
    if importer == "corpus":
        return used in CORPUS_MAY_USE
    if used == "corpus":
        is_codebook = module.startswith("corpus.codebook")
        return importer in MAY_USE_CORPUS or (is_codebook and importer in MAY_READ_CODEBOOK)
    return _depth(importer) < _depth(used)


def imports_of(path):
    """Every module a file imports, at any depth in it, with the line.

    A relative import cannot leave its app, so it needs no look.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def source_files():
    for app in sorted(HOUSE):
        yield from (ROOT / app).rglob("*.py")


def test_imports_run_downward_only():
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in source_files()
        for line, module in imports_of(path)
        if not is_allowed(path.relative_to(ROOT).parts[0], module)
    ]

    assert not wrong, "\n".join(wrong)


def test_foreign_keys_run_downward_only():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in HOUSE
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if not is_allowed(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("importer", "module", "expected"),
    [
        ("organizations", "quotas.models.Charge", False),
        ("quotas", "organizations.models.Client", True),
        ("applications", "queries.models.Run", False),
        ("corpus", "accounts.models.User", False),
        ("quotas", "corpus.engines.current", False),
        ("quotas", "corpus.codebook.TABLES", True),
        ("lib", "audit.log.record", False),
    ],
)
def test_the_map_knows_right_from_wrong(importer, module, expected):
    assert is_allowed(importer, module) is expected


def _writes_a_status(node):
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Attribute) and t.attr == "status" for t in node.targets)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"update", "bulk_update"}
        and any(keyword.arg == "status" for keyword in node.keywords)
    )


def test_a_status_changes_only_through_the_one_door():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in source_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _writes_a_status(node)
    ]

    assert not wrong, "\n".join(wrong)


def test_every_model_with_a_status_brings_its_moves():
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if model._meta.app_label in HOUSE and "status" in names:
            statuses = {value for value, _label in model._meta.get_field("status").flatchoices}
            assert {status for move in model.moves for status in move} <= statuses


def test_only_the_settings_read_the_environment():
    """Entry points may name the settings module; the supervisor hands the environment on."""
    wrong = []
    for path in source_files():
        relative = path.relative_to(ROOT)
        if relative.parts[:2] == ("portal", "supervisor") or relative.name in {
            "settings.py",
            "wsgi.py",
            "celery.py",
            "bootstrap.py",
        }:
            continue
        if "environ" in path.read_text(encoding="utf-8"):
            wrong.append(str(relative))

    assert not wrong
