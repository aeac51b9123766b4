"""How an institution stands to a programme: a colour and why, never a refusal.

The types of the registry mislead: a public research body is a "government", a research institute
a "facility" or a "nonprofit", a company may be a "funder". So a rule only says where to look.
Hints about addresses (`institutions.mail`) use the same colours.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from institutions.domains import endings, is_academic_suffix
from institutions.models import Institution, RegistryStatus
from institutions.territories import STATE_OF


class Light(StrEnum):
    """Speaks for it, needs a look, speaks against it."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    RED = "RED"


_GRAVITY = [Light.GREEN, Light.YELLOW, Light.RED]

KIND_LABELS: dict[str, str | Promise] = {
    "archive": gettext_lazy("archive, library or museum"),
    "company": gettext_lazy("company"),
    "education": gettext_lazy("university or college"),
    "facility": gettext_lazy("research facility"),
    "funder": gettext_lazy("funder"),
    "government": gettext_lazy("government body"),
    "healthcare": gettext_lazy("hospital or clinic"),
    "nonprofit": gettext_lazy("non-profit organisation"),
    "other": gettext_lazy("organisation of another kind"),
}


@dataclass(frozen=True)
class Finding:
    """One thing that the registry shows; `reason` begins small, to stand inside a sentence."""

    code: str
    colour: Light
    reason: str

    @property
    def sentence(self) -> str:
        return f"{self.reason[:1].upper()}{self.reason[1:]}."


@dataclass(frozen=True)
class Standing:
    """All findings about one institution; the gravest gives the colour."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def colour(self) -> Light:
        return max((each.colour for each in self.findings), key=_GRAVITY.index)

    @property
    def sentence(self) -> str:
        """Whether the institution fits and why, in one sentence."""
        reasons = "; ".join(each.reason for each in self.findings if each.colour == self.colour)
        patterns = {
            Light.GREEN: _("%(name)s fits: %(reasons)s."),
            Light.YELLOW: _("%(name)s needs a look: %(reasons)s."),
            Light.RED: _("%(name)s does not seem to fit: %(reasons)s."),
        }
        return patterns[self.colour] % {"name": self.name, "reasons": reasons}


def standing_of(
    institution: Institution, *, kinds: Collection[str], country_codes: Collection[str]
) -> Standing:
    """Judge by what the programme is open for; parents and successors come from the registry."""
    parents = Institution.objects.parents_of(institution)
    findings = [
        _kind(institution, kinds, list(parents)),
        _country(institution, country_codes),
    ]
    if not institution.is_active:
        findings.append(_closed(institution))
    if institution.caution:
        findings.append(Finding("caution", Light.YELLOW, institution.caution.rstrip(".")))
    return Standing(institution.name, tuple(findings))


def _kind(
    institution: Institution, wanted: Collection[str], parents: Sequence[Institution]
) -> Finding:
    """What sort of place it is: its own kinds, else those of what it belongs to."""
    own = set(institution.kinds)
    if own & set(wanted):
        return _wanted_kind(own, wanted, parents)
    belongs = next((each for each in parents if set(each.kinds) & set(wanted)), None)
    if "company" in own:
        return _company(belongs)
    if belongs is not None:
        reason = _("the registry lists it as a %(kind)s that belongs to %(parent)s, a %(of)s")
        words = {"parent": belongs.name, "of": _first_label(set(belongs.kinds) & set(wanted))}
        return Finding("kind", Light.GREEN, reason % {"kind": _first_label(own), **words})
    return _other_kind(institution, own)


def _wanted_kind(own: set[str], wanted: Collection[str], parents: Sequence[Institution]) -> Finding:
    label = _first_label(own & set(wanted))
    company = next((each for each in parents if "company" in each.kinds), None)
    if "company" in own:
        reason = _(
            "the registry lists it as a %(kind)s and as a company, so it may work for profit"
        )
        return Finding("kind", Light.YELLOW, reason % {"kind": label})
    if company is not None:
        reason = _("the registry lists it as a %(kind)s that belongs to the company %(parent)s")
        return Finding("kind", Light.YELLOW, reason % {"kind": label, "parent": company.name})
    return Finding("kind", Light.GREEN, _("the registry lists it as a %(kind)s") % {"kind": label})


def _company(belongs: Institution | None) -> Finding:
    if belongs is None:
        return Finding("kind", Light.RED, _("the registry lists it as a company"))
    reason = _("the registry lists it as a company that belongs to %(parent)s")
    return Finding("kind", Light.YELLOW, reason % {"parent": belongs.name})


def _other_kind(institution: Institution, own: set[str]) -> Finding:
    """Not of a kind that the programme names: look, unless it plainly is something else."""
    if own & {"facility", "government", "healthcare", "archive"}:
        return Finding("kind", Light.YELLOW, _look_closer(institution, own))
    if "nonprofit" in own:
        return _nonprofit(institution)
    if own == {"funder"}:
        reason = _("the registry lists it as a funder only, which says nothing of research there")
        return Finding("kind", Light.YELLOW, reason)
    reason = _("the registry does not say what kind of organisation it is")
    return Finding("kind", Light.YELLOW, reason)


def _look_closer(institution: Institution, own: set[str]) -> str:
    """The question that each kind leaves open; unknown parents are named all the same."""
    questions = {
        "facility": _("a research facility, which may be part of an academic institution"),
        "healthcare": _("a hospital or clinic, which may be a university hospital"),
        "government": _("a government body, which may be a public research organisation"),
        "archive": _("an archive, library or museum, which may do research of its own"),
    }
    kind = next(each for each in questions if each in own)
    named = [other["label"] for other in institution.related("parent")][:3]
    reason = _("the registry lists it as %(what)s") % {"what": questions[kind]}
    if named:
        reason += " " + _("(it belongs to %(parents)s)") % {"parents": ", ".join(named)}
    return reason


def _nonprofit(institution: Institution) -> Finding:
    """Civil society and independent institutes share this type; an academic domain parts them."""
    above = {end for domain in institution.domains for end in endings(domain)}
    academic = sorted(each for each in above if is_academic_suffix(each))
    if academic:
        reason = _(
            "the registry lists it as a non-profit organisation, but its domain lies below "
            "%(suffix)s, which is academic: it may be a research institute"
        )
        return Finding("kind", Light.YELLOW, reason % {"suffix": academic[0]})
    reason = _("the registry lists it as a non-profit organisation, not as an academic one")
    return Finding("kind", Light.RED, reason)


def _first_label(kinds: Collection[str]) -> str:
    """The kind that says most: being a funder says least."""
    chosen = min(kinds, key=lambda kind: (kind in {"funder", "other"}, kind), default="other")
    return str(KIND_LABELS.get(chosen, chosen))


def _country(institution: Institution, country_codes: Collection[str]) -> Finding:
    """Whether the programme is open there; a territory counts under its own code."""
    code = institution.country.code or ""
    names = {"country": country_name(code)}
    if code in country_codes:
        return Finding("country", Light.GREEN, _("the programme is open in %(country)s") % names)
    if not code:
        return Finding("country", Light.YELLOW, _("the registry does not say where it is"))
    also = next((one for one in institution.other_country_codes if one in country_codes), None)
    if also is not None:
        reason = _("the programme is not open in %(country)s, but it has a seat in %(also)s, too")
        words = {**names, "also": country_name(also)}
        return Finding("country", Light.YELLOW, reason % words)
    state = STATE_OF.get(code)
    if state in country_codes:
        reason = _(
            "the programme is not open in %(country)s, which counts by itself and not with "
            "%(state)s"
        )
        return Finding("country", Light.RED, reason % {**names, "state": country_name(state)})
    return Finding("country", Light.RED, _("the programme is not open in %(country)s") % names)


def country_name(code: str | None) -> str:
    """The name in the reader's language; a code that nobody knows stands for itself."""
    return str(countries.name(code or "")) or str(code or "")


def _closed(institution: Institution) -> Finding:
    """A closed or withdrawn entry, with what came after it."""
    known = [each.name for each in Institution.objects.successors_of(institution)[:3]]
    told = [other["label"] for other in institution.related("successor")]
    successors = ", ".join(known or told[:3])
    if institution.registry_status == RegistryStatus.WITHDRAWN:
        reason = _("the entry was withdrawn from the registry")
    else:
        reason = _("the registry lists it as closed or merged")
    if successors:
        reason += " " + _("(now %(successors)s)") % {"successors": successors}
    return Finding("status", Light.YELLOW, reason)
