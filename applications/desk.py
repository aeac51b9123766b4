"""What the queue of the desk sorts, filters and searches by, kept beside the application itself.

The evidence, the registry and the people lie in tables of their own. A page of the queue must not
read them for each of a hundred thousand applications, so what it asks for stands in columns.
"""

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, Value

from applications.models import Application
from institutions.folding import fold_name, spellings
from reviews.models import Colour, Evidence

_WORST_FIRST = (Colour.RED, Colour.YELLOW, Colour.GREEN)
_MOST_WORDS = 8
_LONGEST_QUERY = 200


def note_for_desk(application: Application) -> Application:
    """Keep the colour, the country and the words of the version that staff judge.

    Called whenever a version was frozen or its evidence was recorded anew.
    """
    application.colour = _worst_colour(application)
    application.country_code = _country_code(application)
    vector = SearchVector(Value(search_words(application)), config="simple")
    Application.objects.filter(pk=application.pk).update(
        colour=application.colour, country_code=application.country_code, search=vector
    )
    return application


def _worst_colour(application: Application) -> str:
    found = set(
        Evidence.objects.about(application)
        .filter(version=application.version_count)
        .order_by()
        .values_list("colour", flat=True)
        .distinct()
    )
    return next((colour.value for colour in _WORST_FIRST if colour in found), "")


def _country_code(application: Application) -> str:
    if application.institution is not None:
        return str(application.institution.country.code)
    return str(application.answers.get("institution_country") or "")


def search_words(application: Application) -> str:
    """The words of the title, the applicant and the institution, each in its plain form."""
    answers, institution = application.answers, application.institution
    texts = [
        answers.get("project_title", ""),
        answers.get("full_name", ""),
        application.applicant.name,
        application.applicant.email,
        institution.name if institution else answers.get("institution_name", ""),
    ]
    return " ".join(spelling for text in texts for spelling in spellings(str(text)))


def matching(text: str) -> Q:
    """Applications that hold every word that is typed, or one that begins so."""
    words = fold_name(text[:_LONGEST_QUERY]).split()[:_MOST_WORDS]
    if not words:
        return Q()
    raw = " & ".join(f"'{word}':*" for word in words)
    return Q(search=SearchQuery(raw, search_type="raw", config="simple"))
