"""The same answers under the headings of other rule books, as data.

A researcher asked by a regulator or a safe haven finds here which of their answers belong where,
and what is asked there that this application does not answer. A question of the form says itself
which element of Article 40(8) and which of the Five Safes it speaks to; the delegated act orders
the same matters anew, so its places follow from those.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.documents.structure import Entry
from applications.questions import PUBLIC_SUMMARY_KEY

Text = str | Promise

OTHER = "other"

# The application as it was filled in.
AS_FILLED_IN = "form"


@dataclass(frozen=True)
class Heading:
    """One element of a rule book, with what it asks for."""

    key: str
    title: Text
    asks: Text


@dataclass(frozen=True)
class Regime:
    """A rule book. `reads` is what of a question says the place of its answer.

    `translation` leads from there to the rule book's own elements, where it has others; `by_key`
    goes before both. What speaks of people and of no element goes to `about_people`.
    """

    key: str
    title: Text
    headings: tuple[Heading, ...]
    reads: str
    translation: Mapping[str, str] = field(default_factory=dict)
    by_key: Mapping[str, str] = field(default_factory=dict)
    about_people: str = ""

    def place_of(self, entry: Entry) -> str:
        """The element of an answer; those of no element of the rule book fall under `other`."""
        said = getattr(entry, self.reads)
        if not said and entry.heading == "people":
            said = self.about_people
        place = self.by_key.get(entry.key) or self.translation.get(said, said)
        return place if any(place == each.key for each in self.headings) else OTHER


ARTICLE_40 = Regime(
    "dsa-article-40",
    _("Conditions for vetted researchers (DSA Article 40(8))"),
    (
        Heading(
            "a",
            _("(a) Researchers and affiliation"),
            _("Who they are, and their affiliation with a research organisation."),
        ),
        Heading("b", _("(b) Independence"), _("Independent from commercial interests.")),
        Heading("c", _("(c) Funding"), _("The application discloses who pays for the research.")),
        Heading(
            "d",
            _("(d) Security, confidentiality and personal data"),
            _(
                "Able to meet the requirements of data security and confidentiality and to protect "
                "personal data, with the technical and organisational measures for it."
            ),
        ),
        Heading(
            "e",
            _("(e) Necessity, proportionality and time frames"),
            _("The data and the time asked for are needed for the research, and not more."),
        ),
        Heading(
            "f",
            _("(f) Research activities"),
            _("What is done with the data, and for what purpose."),
        ),
        Heading(
            "g",
            _("(g) Publication free of charge"),
            _("The commitment to make the results public, free of charge, in reasonable time."),
        ),
    ),
    reads="element",
    about_people="a",
)

ARTICLE_8 = Regime(
    "dsa-article-8",
    _("Elements of a data access application (Article 8 of the delegated act, DSA Article 40)"),
    (
        Heading(
            "a",
            _("(a) Researchers"),
            _(
                "For each researcher: confirmation of affiliation, declaration of independence "
                "from commercial interests, commitment to publish free of charge."
            ),
        ),
        Heading("b", _("(b) Funding"), _("Where the money for the research comes from.")),
        Heading(
            "c", _("(c) Data requested"), _("The data: format, scope, attributes and metadata.")
        ),
        Heading(
            "d",
            _("(d) Necessity, proportionality and time frames"),
            _("Why these data are needed for the purpose, no more than that, and for how long."),
        ),
        Heading(
            "e",
            _("(e) Risks and measures"),
            _(
                "Risks to confidentiality, security and personal data, the technical, legal and "
                "organisational measures, and the way of access that is suggested."
            ),
        ),
        Heading("f", _("(f) Research activities"), _("What is done with the data.")),
        Heading(
            "g",
            _("(g) Summary for publication"),
            _("Topic, data provider and data, in words that may be published."),
        ),
    ),
    reads="element",
    about_people="a",
    translation={"b": "a", "c": "b", "d": "e", "e": "d", "g": "a"},
    by_key={
        "project_title": "g",
        "topics": "g",
        "topic_other": "g",
        PUBLIC_SUMMARY_KEY: "g",
        "outputs": "f",
    },
)

FIVE_SAFES = Regime(
    "five-safes",
    _("Five Safes"),
    (
        Heading("people", _("Safe people"), _("Can the researchers be trusted to use it well?")),
        Heading("projects", _("Safe projects"), _("Is this an appropriate use of the data?")),
        Heading("settings", _("Safe settings"), _("Does the place of work prevent misuse?")),
        Heading("data", _("Safe data"), _("What risk lies in the data themselves?")),
        Heading("outputs", _("Safe outputs"), _("Do the results reveal nothing they should not?")),
    ),
    reads="heading",
)

REGIMES = (ARTICLE_40, ARTICLE_8, FIVE_SAFES)


def regime_of(key: str) -> Regime | None:
    return next((regime for regime in REGIMES if regime.key == key), None)


def arrangements() -> list[tuple[str, Text]]:
    """Every arrangement with its title, for links."""
    return [(AS_FILLED_IN, _("As filled in")), *((each.key, each.title) for each in REGIMES)]
