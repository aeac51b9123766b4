"""Finding institutions by any of their names and by their mail domains, always by an index."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.expressions import RawSQL

from institutions.domains import domain_of, host_of, read_domain, with_parents
from institutions.folding import fold_name, key_of, query_words
from institutions.lookalikes import skeleton

if TYPE_CHECKING:
    from institutions.models import Institution

# A search needs no more of what is typed.
_LONGEST_QUERY = 200
_MOST_WORDS = 8
_LONGEST_WORD = 100
# How long words are that may be abbreviations. To look up the beginnings of long words is dear.
_ABBREVIATED = range(3, 6)
_MOST_LABELS = 8


# The few in a hundred that most people look for; they have small indexes of their own.
IS_PROMINENT = Q(prominence__gte=40)
# So many of a common word's finds are put in order, besides the prominent ones.
_MOST_CANDIDATES = 200


# Written out, because the ORM takes longer to put this together than PostgreSQL to answer it.
_CANDIDATES = """
SELECT id FROM institutions_institution WHERE domains && %s::text[]::varchar[]
UNION ALL
SELECT id FROM institutions_institution WHERE keys @> %s::text[]
UNION ALL
(SELECT id FROM institutions_institution WHERE search @@ to_tsquery('simple', %s)
 AND prominence >= 40 ORDER BY prominence DESC, name LIMIT %s)
UNION ALL
(SELECT id FROM institutions_institution WHERE search @@ to_tsquery('simple', %s) LIMIT %s)
UNION ALL
(SELECT id FROM institutions_institution WHERE search @@ to_tsquery('simple', %s)
 AND prominence >= 40 ORDER BY prominence DESC, name LIMIT %s)
UNION ALL
(SELECT id FROM institutions_institution WHERE search @@ to_tsquery('simple', %s) LIMIT %s)
"""
_PLACE = """
CASE WHEN domains && %s::text[]::varchar[] THEN 0 WHEN keys @> %s::text[] THEN 1
WHEN search @@ to_tsquery('simple', %s) THEN 2 ELSE 3 END
"""


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def matching(self, text: str, *, most: int) -> "InstitutionQuerySet":
        """At most so many that fit what is typed, the best first.

        Whoever owns it as a domain or has the whole text for a name comes first, then whoever has
        all words, then whoever has words that begin so; among these the active and well-known.
        Candidates are looked up by index and in bounded numbers, so a common word costs no more
        than a rare one.
        """
        text = text.replace("\x00", " ")[:_LONGEST_QUERY]
        words = [word[:_LONGEST_WORD] for word in query_words(text, most=_MOST_WORDS)]
        if not words:
            return self.none()
        domains = with_parents(_domain_in(text))[-_MOST_LABELS:]
        keys, whole = [key_of(fold_name(text))], " & ".join(f"'{word}'" for word in words)
        beginnings = beginnings_of(words)
        loose = (whole, most, whole, _MOST_CANDIDATES)
        looser = (beginnings, most, beginnings, _MOST_CANDIDATES)
        candidates = RawSQL(_CANDIDATES, (domains, keys, *loose, *looser))  # noqa: S611
        place = RawSQL(_PLACE, (domains, keys, whole))  # noqa: S611
        found = self.for_reading().filter(pk__in=candidates)
        return found.order_by(place, "-prominence", "name", "id")[:most]

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


def _domain_in(text: str) -> str:
    """The domain that was typed or lies in a typed address or link."""
    text = text.strip()
    if len(text.split()) != 1 or "." not in text:
        return ""
    if "@" in text:
        return domain_of(text)
    return host_of(text) or read_domain(text)


def beginnings_of(words: list[str]) -> str:
    """The last word may go on, and short ones before it may stand for longer: univ, inst, techn.

    Words hold letters, marks and figures only, so nothing in them is an operator.
    """
    *before, last = words
    terms = [f"'{word}':*" if len(word) in _ABBREVIATED else f"'{word}'" for word in before]
    return " & ".join([*terms, f"'{last}':*"])
