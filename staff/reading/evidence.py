"""Evidence beside the answers that it speaks about."""

from dataclasses import dataclass, field

from applications.evidence import OTHER_CHECKS
from applications.models import Application, ApplicationVersion, form_of_version
from applications.reading import Line, read_version
from reviews.models import Colour, Evidence

_ORDER = [Colour.GREEN, Colour.YELLOW, Colour.RED]

# Beside which section of the form the evidence about a criterion is read, where a row names no
# question of the form. What is not named here stands at the head of the file.
_BESIDE = {
    "institution": "contact",
    "identity": "contact",
    "workplace": "contact",
    "expertise": "expertise",
    "proposal": "period",
    "duplicates": "project",
    "independence": "funding",
    "security": "security",
    "collaborators": "collaborators",
    "non_commercial": "terms",
}


@dataclass(frozen=True)
class Finding:
    """The evidence about one criterion."""

    code: str
    title: str
    rows: list[Evidence]

    @property
    def worst(self) -> Colour:
        return max((Colour(row.colour) for row in self.rows), key=_ORDER.index)


@dataclass(frozen=True)
class Side:
    """One section of the answers with the evidence that is read beside it."""

    key: str
    title: str
    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)


def findings(application: Application) -> list[Finding]:
    """Evidence about the latest version, the programme's criteria first."""
    rows = Evidence.objects.about(application).filter(version=application.version_count)
    by_code: dict[str, list[Evidence]] = {}
    for row in rows:
        by_code.setdefault(row.criterion_code, []).append(row)
    titles = {each.code: each.text("title") for each in application.programme.criteria.all()}
    titles |= {code: str(title) for code, title in OTHER_CHECKS.items()}
    titles |= {code: code for code in by_code if code not in titles}
    return [
        Finding(code, title, by_code[code]) for code, title in titles.items() if code in by_code
    ]


def side_by_side(
    version: ApplicationVersion, found: list[Finding]
) -> tuple[list[Side], list[Finding]]:
    """The sections with their evidence, and the evidence that belongs to none of them."""
    sides = [Side(section.key, section.title, section.lines) for section in read_version(version)]
    people = form_of_version(version).section("collaborators")
    if people is not None and people.key not in {side.key for side in sides}:
        sides.append(Side(people.key, str(people.title), []))
    by_key = {side.key: side for side in sides}
    section_of = _sections_of_questions(version)
    elsewhere: list[Finding] = []
    for finding in found:
        for key, part in _parts(finding, section_of):
            side = by_key.get(key)
            (side.findings if side else elsewhere).append(part)
    return sides, elsewhere


def _sections_of_questions(version: ApplicationVersion) -> dict[str, str]:
    sections = form_of_version(version).sections
    return {question.key: section.key for section in sections for question in section.questions}


def _parts(finding: Finding, section_of: dict[str, str]) -> list[tuple[str, Finding]]:
    """The rows of a criterion by section: where their question stands, else the criterion's own."""
    parts: dict[str, list[Evidence]] = {}
    for row in finding.rows:
        key = section_of.get(row.question_key) or _BESIDE.get(finding.code, "")
        parts.setdefault(key, []).append(row)
    return [(key, Finding(finding.code, finding.title, rows)) for key, rows in parts.items()]
