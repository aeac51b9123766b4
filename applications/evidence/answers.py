"""What the answers themselves show: expertise, role, terms, the period."""

import datetime as dt
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.completeness import problem_of_period
from applications.evidence.facts import Facts
from applications.questions import DAYS_KEY, START_KEY
from programmes.models import RoleRule
from reviews.actions import EvidenceItem
from reviews.models import Colour

# What was meant as a DOI, and what a DOI looks like. Nothing is looked up.
_MEANT_AS_DOI = re.compile(r"(?:doi\.org/|doi:\s{0,3})(\S+)|\b(10\.\d{2,9}/\S+)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[-._;()/:<>\[\]+&#A-Z0-9]+", re.IGNORECASE)


def about_expertise(facts: Facts) -> Iterator[EvidenceItem]:
    text = str(facts.answers.get("publications") or "")
    good, bad = find_dois(text)
    if not text.strip():
        colour = Colour.YELLOW
        sentence = _("No publication is given: the profile page has to show the expertise.")
    elif bad:
        colour = Colour.YELLOW
        sentence = _("“%(doi)s” was meant as a DOI but is not written like one.") % {"doi": bad[0]}
    elif good:
        colour, sentence = Colour.GREEN, _sentence_of_dois(len(good))
    else:
        colour = Colour.GREEN
        sentence = _("Publications or conference contributions are given, without a DOI.")
    yield EvidenceItem(
        "expertise",
        colour,
        sentence,
        source=_("The application"),
        value=", ".join(good) or str(facts.answers.get("expertise") or ""),
    )


def _sentence_of_dois(count: int) -> str:
    text = ngettext(
        "Publications are given, with %(count)s DOI that is written correctly.",
        "Publications are given, with %(count)s DOIs that are written correctly.",
        count,
    )
    return text % {"count": count}


def find_dois(text: str) -> tuple[list[str], list[str]]:
    """What is written like a DOI, and what was meant as one but is not."""
    meant = (match[1] or match[2] for match in _MEANT_AS_DOI.finditer(text))
    trimmed = dict.fromkeys(each.rstrip(".,;:)]}>\"'") for each in meant)
    good = [each for each in trimmed if _DOI.fullmatch(each)]
    return good, [each for each in trimmed if each not in good]


def about_role(facts: Facts) -> Iterator[EvidenceItem]:
    """What the programme's rule says of the role; the rule is the operator's."""
    role = str(facts.answers.get("role") or "")
    rule = facts.programme.principal_roles.get(role, RoleRule.STAFF.value)
    if rule == RoleRule.YES:
        colour, sentence = Colour.GREEN, _("People in this role may apply on their own.")
    elif rule == RoleRule.ADVISOR:
        colour, sentence = Colour.YELLOW, _endorsement(facts)
    elif rule == RoleRule.NO:
        colour = Colour.RED
        sentence = _("People in this role may join a lab, but not lead one.")
    else:
        colour, sentence = Colour.YELLOW, _("Staff decide whether this role may lead a lab.")
    yield EvidenceItem(
        "expertise", colour, sentence, source=_("The application"), value=_role(facts, role)
    )


def _role(facts: Facts, role: str) -> str:
    described = {"student": "advisor", "other": "role_other"}.get(role)
    if described and facts.answers.get(described):
        return str(facts.answers[described])
    question = facts.form.question("role")
    labels = dict(question.options) if question else {}
    return str(labels.get(role, role))


def _endorsement(facts: Facts) -> str:
    if facts.files("advisor_letter"):
        return _("The advisor named has to endorse the project; a letter is attached: read it.")
    return _("The advisor named has to endorse the project; no letter is attached.")


def about_terms(facts: Facts) -> Iterator[EvidenceItem]:
    accepted = facts.answers.get("terms_accepted")
    yield EvidenceItem(
        "non_commercial",
        Colour.GREEN if accepted else Colour.RED,
        _("The terms, which allow non-commercial research only, are accepted.")
        if accepted
        else _("The terms are not accepted."),
        source=_("Declaration in the application"),
        value=_("version %(version)s") % {"version": accepted} if accepted else "",
    )


def about_period(facts: Facts) -> Iterator[EvidenceItem]:
    answers = facts.answers
    if not (answers.get(START_KEY) and answers.get(DAYS_KEY)):
        return
    first, days = dt.date.fromisoformat(answers[START_KEY]), int(answers[DAYS_KEY])
    problem = problem_of_period(facts.programme, first, days, facts.moment.date())
    sentence = _("The period is not longer than the programme allows.")
    yield EvidenceItem(
        "proposal",
        Colour.RED if problem else Colour.GREEN,
        problem[1] if problem else sentence,
        source=_("The application"),
        value=ngettext("%(days)s day", "%(days)s days", days) % {"days": days},
    )
