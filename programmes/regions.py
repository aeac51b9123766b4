"""Regions as groups of country codes, and what one code means to a policy.

The traps are facts of law: some territories have a code of their own and belong to the region of
their state (Réunion, Puerto Rico), others have one and do not (Greenland, Jersey, New Caledonia).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from institutions.territories import STATE_OF

_EU_STATES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
)

# Parts of a state that have a code of their own and to which the law of its region applies.
TERRITORIES = {
    "AX": "FI",
    **dict.fromkeys(("GF", "GP", "MF", "MQ", "RE", "YT"), "FR"),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "UM", "VI"), "US"),
}

# Tied to a state, but outside of its region: not covered when the state is.
_APART = {code: state for code, state in STATE_OF.items() if code not in TERRITORIES}


@dataclass(frozen=True)
class Region:
    """A group that a policy may name as one; `country_codes` holds its territories too."""

    code: str
    name: str | Promise
    country_codes: frozenset[str]

    @property
    def territories(self) -> list[str]:
        return sorted(self.country_codes & TERRITORIES.keys())


def _with_territories(*states: str) -> frozenset[str]:
    return frozenset(states) | {code for code, state in TERRITORIES.items() if state in states}


_EU = _with_territories(*_EU_STATES)

REGIONS = (
    Region("EU", gettext_lazy("European Union"), _EU),
    Region(
        "EEA", gettext_lazy("European Economic Area (with the Union)"), _EU | {"IS", "LI", "NO"}
    ),
    Region("UK", gettext_lazy("United Kingdom"), frozenset({"GB"})),
    Region("CH", gettext_lazy("Switzerland"), frozenset({"CH"})),
    Region("US", gettext_lazy("United States"), _with_territories("US")),
)


class Coverage(Enum):
    """What a policy says about one country code."""

    COVERED = "covered"
    TERRITORY = "territory"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class Standing:
    """One country code under a policy, with the sentence that says so."""

    coverage: Coverage
    sentence: str

    @property
    def is_covered(self) -> bool:
        return self.coverage is not Coverage.NOT_COVERED


def codes_of(regions: Iterable[str], others: Iterable[str] = ()) -> list[str]:
    """The country codes of the named regions and of single countries, in order."""
    chosen = set(regions)
    found = set(others)
    for region in REGIONS:
        if region.code in chosen:
            found |= region.country_codes
    return sorted(found)


def split_codes(covered: Collection[str]) -> tuple[list[str], list[str]]:
    """The regions that are covered whole, and the codes left over: what an editor ticks."""
    whole = [region for region in REGIONS if region.country_codes <= set(covered)]
    named = {code for region in whole for code in region.country_codes}
    return [region.code for region in whole], sorted(set(covered) - named)


def standing(country_code: str, covered: Collection[str]) -> Standing:
    """Whether a policy that covers these codes covers one place. The codes alone decide; what a
    place belongs to only makes the sentence."""
    state = TERRITORIES.get(country_code)
    if country_code not in covered:
        return Standing(Coverage.NOT_COVERED, _not_covered(country_code, covered))
    if state in covered:
        sentence = _("%(place)s is a territory of %(state)s, which is open, and counts with it.")
        return Standing(Coverage.TERRITORY, sentence % _names(country_code, str(state)))
    return Standing(Coverage.COVERED, _("%(place)s is open.") % _names(country_code))


def _not_covered(code: str, covered: Collection[str]) -> str:
    state = TERRITORIES.get(code) or _APART.get(code, "")
    if state not in covered:
        return _("%(place)s is not open yet.") % _names(code)
    if code in TERRITORIES:
        sentence = _("%(place)s is a territory of %(state)s, but this policy leaves it out.")
    else:
        sentence = _(
            "%(place)s is not open yet: it is tied to %(state)s but lies outside of the region "
            "that is open."
        )
    return sentence % _names(code, state)


def _names(code: str, state: str = "") -> dict[str, str]:
    return {"place": name_of(code), "state": name_of(state)}


def name_of(code: str) -> str:
    """The name of a country, or the code itself if there is no such country."""
    return str(countries.name(code)) or code


def names_of(codes: Iterable[str]) -> list[str]:
    return sorted(name_of(code) for code in codes)


def left_out(covered: Collection[str]) -> list[str]:
    """Territories of covered states that the policy does not name: easily forgotten."""
    return sorted(
        code for code, state in TERRITORIES.items() if state in covered and code not in covered
    )
