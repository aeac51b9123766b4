"""The list of mails is whole: nothing is posted undeclared, nothing declared is never posted."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from outbox.actions import post_message
from outbox.catalogue import MailKind, declare, mail_kinds
from outbox.models import Message

ROOT = Path(settings.BASE_DIR)
# Who posts a mail, and the place of its kind among the arguments. The last two say only the end.
_POSTERS = {"post_to_applicant": "application.", "post_to": "application."}
# Sign-in calls its mails by their templates, so the last part of each code is a template's name.
_BY_TEMPLATE = "account."


def sources():
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.is_relative_to(ROOT) and ".venv" not in folder.parts:
            for path in folder.rglob("*.py"):
                if path.name != "mail_kinds.py":
                    yield path, ast.parse(path.read_text(encoding="utf-8"))


def strings_of(tree):
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]


def kind_argument(call):
    """The expression that says the kind, and what stands before it in the code of the mail."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name == "post_message":
        return next(each.value for each in call.keywords if each.arg == "kind"), ""
    if name in _POSTERS:
        return call.args[1], _POSTERS[name]
    return None, ""


def values_of(expression, tree):
    """The literal values that an expression can have, through names and tables of its module."""
    if isinstance(expression, ast.Constant):
        return {expression.value}
    if isinstance(expression, ast.Subscript):
        return values_of(expression.value, tree)
    if isinstance(expression, ast.Dict):
        return {each.value for each in expression.values}
    if isinstance(expression, ast.Name):
        return {
            value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and any(getattr(target, "id", "") == expression.id for target in node.targets)
            and not isinstance(node.value, ast.BinOp)
            for value in values_of(node.value, tree)
        }
    return set()


def posted_kinds():
    """Each code that some call posts, by where the call stands."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                expression, prefix = kind_argument(node)
                if expression is not None:
                    for value in values_of(expression, tree):
                        yield prefix + value, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_what_the_code_posts_is_declared():
    declared = {kind.code for kind in mail_kinds()}

    wrong = [f"{where} posts {code}" for code, where in posted_kinds() if code not in declared]

    assert not wrong, "\n".join(wrong)


def test_what_is_declared_is_posted_somewhere():
    posted = {code for code, _where in posted_kinds()}

    idle = [
        kind.code
        for kind in mail_kinds()
        if kind.code not in posted and not kind.code.startswith(_BY_TEMPLATE)
    ]

    assert not idle


@pytest.mark.parametrize("kind", mail_kinds(), ids=lambda kind: kind.code)
def test_each_subject_is_one_that_the_mail_bears(kind):
    """The same words stand where the mail is written, else the list tells of another mail."""
    if kind.code.startswith(_BY_TEMPLATE):
        assert str(kind.subjects[0]) == rendered_subject(kind)
        return
    written = Counter(text for _path, tree in sources() for text in strings_of(tree))

    with translation.override("en"):
        assert [subject for subject in kind.subjects if not written[str(subject)]] == []


def rendered_subject(kind):
    from accounts.adapter import AccountAdapter

    name = kind.code.removeprefix(_BY_TEMPLATE)
    context = {"email": "paula@uva.nl", "user": None, "activate_url": "https://carrel.test/a"}
    return AccountAdapter().render_mail(f"account/email/{name}", "paula@uva.nl", context).subject


def test_an_undeclared_mail_is_refused_and_not_written(db):
    with pytest.raises(ValueError, match=r"no app declares the mail 'lab\.unheard_of'"):
        post_message(kind="lab.unheard_of", to="paula@uva.nl", subject="A", body="B")

    assert not Message.objects.exists()


def test_a_mail_is_declared_once():
    known: MailKind = mail_kinds()[0]

    with pytest.raises(ValueError, match="declared already"):
        declare(known.code, known.audience, known.when, *known.subjects)
