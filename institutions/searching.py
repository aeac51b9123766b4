"""Finding institutions by any of their names and by their mail domains, always by an index."""

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Case, Q, Value, When

from institutions.domains import domain_of, host_of, read_domain, with_parents
from institutions.folding import fold_name, key_of, query_words
from institutions.lookalikes import skeleton

if TYPE_CHECKING:
    from institutions.models import Institution

# A search needs no more of what is typed.
_LONGEST_QUERY = 200
_MOST_WORDS = 8
_LONGEST_WORD = 100
# Shorter words than this, but for the last, have to occur as they are.
_SHORTEST_PREFIX = 3
_MOST_LABELS = 8


# The few in a hundred that most people look for; they have small indexes of their own.
IS_PROMINENT = Q(prominence__gte=40)
# So many of a common word's finds are put in order, besides the prominent ones.
_MOST_CANDIDATES = 200


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def matching(self, text: str, *, most: int) -> "InstitutionQuerySet":
        """At most so many that fit what is typed, the best first.

        Whoever has the whole text for a name or owns it as a domain comes first, then whoever has
        all words, then whoever has words that begin so; among these the active and well-known.
        Candidates are looked up by index and in bounded numbers, so a common word costs no more
        than a rare one.
        """
        exact, loose = _kinds_of_match(text)
        candidates = [self.filter(kind).order_by().values("pk") for kind in exact]
        for kind in loose:
            found = self.filter(kind).order_by()
            candidates += [
                found.filter(IS_PROMINENT).prominent()[:most].values("pk"),
                found[:_MOST_CANDIDATES].values("pk"),
            ]
        if not candidates:
            return self.none()
        places = Case(
            *(When(kind, then=Value(place)) for place, kind in enumerate([*exact, *loose])),
            default=Value(len(exact) + len(loose)),
        )
        every = self.model._default_manager.filter(
            pk__in=candidates[0].union(*candidates[1:], all=True)
        )
        return every.for_reading().order_by(places, "-prominence", "name", "id")[:most]

    def for_reading(self) -> "InstitutionQuerySet":
        """Without the columns that only the indexes read."""
        return self.defer("keys", "search_text", "search", "domain_skeletons")

    def prominent(self) -> "InstitutionQuerySet":
        return self.order_by("-prominence", "name")

    def owning(self, address: str) -> "InstitutionQuerySet":
        """Those that own the domain of an address, or one above it; the nearest owner first."""
        domain = domain_of(address)
        domains = with_parents(domain)[-_MOST_LABELS:]
        if not domains:
            return self.none()
        nearness = Case(
            *(When(domains__contains=[each], then=Value(at)) for at, each in enumerate(domains)),
            default=Value(len(domains)),
        )
        owners = self.for_reading().filter(domains__overlap=domains)
        return owners.order_by(nearness, "-prominence", "name", "id")

    def looking_like(self, address: str) -> "InstitutionQuerySet":
        """Those one of whose domains the address's domain could be mistaken for."""
        shapes = [skeleton(each) for each in with_parents(domain_of(address))[-_MOST_LABELS:]]
        if not shapes:
            return self.none()
        return self.filter(domain_skeletons__overlap=shapes).prominent()

    def parents_of(self, institution: "Institution") -> "InstitutionQuerySet":
        return self._related(institution, "parent")

    def successors_of(self, institution: "Institution") -> "InstitutionQuerySet":
        return self._related(institution, "successor")

    def _related(self, institution: "Institution", kind: str) -> "InstitutionQuerySet":
        ids = [other["ror_id"] for other in institution.related(kind)]
        return self.filter(ror_id__in=ids).prominent() if ids else self.none()


def _kinds_of_match(text: str) -> tuple[list[Q], list[Q]]:
    """Conditions that few rows fulfil, then those that many may; each from close to loose."""
    text = text.replace("\x00", " ")[:_LONGEST_QUERY]
    words = [word[:_LONGEST_WORD] for word in query_words(text, most=_MOST_WORDS)]
    exact, loose = [], []
    if domain := _domain_in(text):
        exact.append(Q(domains__overlap=with_parents(domain)[-_MOST_LABELS:]))
    if words:
        exact.append(Q(keys__contains=[key_of(fold_name(text))]))
        loose = [Q(search=_query([f"'{word}'" for word in words]))]
        loose.append(Q(search=_query(_beginnings(words))))
    return exact, loose


def _domain_in(text: str) -> str:
    """The domain that was typed or lies in a typed address or link."""
    text = text.strip()
    if len(text.split()) != 1 or "." not in text:
        return ""
    if "@" in text:
        return domain_of(text)
    return host_of(text) or read_domain(text)


def _beginnings(words: list[str]) -> list[str]:
    *before, last = words
    return [
        *(f"'{word}':*" if len(word) >= _SHORTEST_PREFIX else f"'{word}'" for word in before),
        f"'{last}':*",
    ]


def _query(terms: list[str]) -> SearchQuery:
    """Words hold letters, marks and figures only, so nothing in them is an operator."""
    return SearchQuery(" & ".join(terms), search_type="raw", config="simple")
