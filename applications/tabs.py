"""Two tabs with the same page: what each had shown, so that neither overwrites the other.

A page carries the number of saves it had seen and a fingerprint of every answer it showed. From
these follows, question by question, whether the person changed it here, elsewhere, or in both.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from applications.questions import Section

REVISION, SHOWN = "revision", "shown"


def fingerprint(answer: Any) -> str:
    """The same for equal answers; an absent one is an empty one."""
    return hashlib.sha256(json.dumps(answer or "").encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Page:
    """What a page of one section had shown when it was made."""

    revision: int
    shown: Mapping[str, str]

    def shows(self, key: str, answer: Any) -> bool:
        return self.shown.get(key) == fingerprint(answer)

    @property
    def shown_json(self) -> str:
        return json.dumps(dict(self.shown), separators=(",", ":"))


def page_of(application: Application, section: Section) -> Page:
    """The section as it is now."""
    answers = application.answers
    keys = [question.key for question in section.questions if question.kind.has_field]
    return Page(application.revision, {key: fingerprint(answers.get(key)) for key in keys})


def page_sent(fields: Mapping[str, Any]) -> Page | None:
    """What the sender's page says it had shown; nothing if it says nothing that can be read."""
    try:
        revision, shown = int(fields[REVISION]), json.loads(fields[SHOWN])
    except (KeyError, ValueError):
        return None
    if not isinstance(shown, dict):
        return None
    return Page(revision, {key: str(value) for key, value in shown.items()})


def page_after(
    application: Application, section: Section, page: Page | None, given: Mapping[str, Any]
) -> Page:
    """What a page may say that stays open after a save of `given`.

    Where it still shows something else than what is stored, because another tab was faster or the
    answer was malformed, it keeps saying what it had shown, so that the next save notices.
    """
    fresh = page_of(application, section)
    if page is None:
        return fresh
    shown = {
        key: now if now == fingerprint(given.get(key)) else page.shown.get(key, now)
        for key, now in fresh.shown.items()
    }
    return Page(fresh.revision if shown == fresh.shown else page.revision, shown)


def page_comparing(page: Page, application: Application, keys: Iterable[str]) -> Page:
    """The page once it shows, for these questions, what is stored beside what was typed."""
    answers = application.answers
    return Page(page.revision, {**page.shown, **{k: fingerprint(answers.get(k)) for k in keys}})
