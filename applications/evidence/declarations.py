"""What the applicant declares about money, ties and sharing, and whether it fits together."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.evidence.facts import Facts
from applications.questions import NO, YES
from reviews.actions import EvidenceItem
from reviews.models import Colour

# Forms of companies, and words of those who sell; a hint, because a foundation may be an "Inc.".
_COMMERCIAL = re.compile(
    r"\b(GmbH|Inc|Ltd|LLC|LLP|PLC|Corp|Corporation|AG|SE|BV|B\.V|NV|S\.A|SAS|SARL|S\.r\.l|SpA|Oy|AB"
    r"|A/S|[Cc]onsult(?:ing|ancy)|[Aa]dvertis\w{1,10}|[Mm]arketing|[Vv]enture|[Ss]tart-?up"
    r"|[Ss]ponsor\w{0,10}|[Ss]hareholder\w?|[Cc]ompany|[Cc]lients?)\b"
)


def about_funding(facts: Facts) -> Iterator[EvidenceItem]:
    yield _declared(
        facts,
        key="is_funded",
        details_key="funding_source",
        if_no=_("The applicant declares that there is no funding."),
        if_yes=_("Funding is declared: is its source independent of commercial interests?"),
        if_unexplained=_("Funding is declared, but not where it comes from."),
    )


def about_conflict(facts: Facts) -> Iterator[EvidenceItem]:
    yield _declared(
        facts,
        key="has_conflict",
        details_key="conflict_details",
        if_no=_("The applicant declares that there is no conflict of interest."),
        if_yes=_("A tie is declared: read how it is dealt with."),
        if_unexplained=_("A tie is declared, but not which one."),
    )


def _declared(
    facts: Facts, *, key: str, details_key: str, if_no: str, if_yes: str, if_unexplained: str
) -> EvidenceItem:
    """A declaration; one with a "yes" has to say more, where the form asks for it."""
    details = str(facts.answers.get(details_key) or "").strip()
    answer = facts.answers.get(key)
    if answer == NO:
        colour, sentence = Colour.GREEN, if_no
    elif answer == YES and not details and facts.asks(details_key):
        colour, sentence = Colour.RED, if_unexplained
    elif answer == YES:
        colour, sentence = Colour.YELLOW, f"{if_yes} {_hint(details)}".strip()
    else:
        colour, sentence = Colour.YELLOW, _("Nothing is declared.")
    return EvidenceItem(
        "independence",
        colour,
        sentence,
        source=_("Declaration in the application"),
        value=details if answer == YES else "",
    )


def _hint(details: str) -> str:
    found = _COMMERCIAL.search(details)
    if found is None:
        return ""
    return _("“%(word)s” hints at a commercial body.") % {"word": found[1]}


def about_sharing(facts: Facts) -> Iterator[EvidenceItem]:
    """Sharing is not forbidden, but it takes an agreement."""
    source = _("Declaration in the application")
    if facts.answers.get("shares_data") == NO:
        sentence = _("No data is to be shared with third parties.")
        yield EvidenceItem("non_commercial", Colour.GREEN, sentence, source)
        return
    count = len(facts.files("sharing_agreements"))
    if not count and facts.asks("sharing_agreements"):
        colour = Colour.RED
        sentence = _("Data is to be shared with third parties, but no agreement is attached.")
    else:
        colour = Colour.YELLOW
        sentence = _("Data is to be shared with third parties: read with whom and why.")
    if count:
        attached = ngettext(
            "%(count)s agreement is attached.", "%(count)s agreements are attached.", count
        )
        sentence = f"{sentence} {attached % {'count': count}}"
    value = str(facts.answers.get("sharing_details") or "")
    yield EvidenceItem("non_commercial", colour, sentence, source, value)
