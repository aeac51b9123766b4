"""The help pages: questions, rules and mails, with the values of the programme's policy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_safe
from django_countries import countries

from outbox.catalogue import mail_kinds
from portal import rulebook
from portal.questions import QUESTIONS, Question
from programmes.models import Programme


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    programme = Programme.objects.default()
    values = _values(programme)
    context = {
        "programme": programme,
        "questions": [_filled(question, values) for question in QUESTIONS],
        "criteria": [criterion.text("title") for criterion in programme.criteria.all()],
        "countries": sorted(str(countries.name(code)) for code in programme.country_codes),
    }
    return render(request, "portal/help.html", context)


@require_safe
def help_rules(request: HttpRequest) -> HttpResponse:
    """Who may do what in which state, which dates run, why an application may be refused."""
    programme = Programme.objects.default()
    context = {
        "programme": programme,
        "states": list(rulebook.states_in_words()),
        "terms": rulebook.terms_in_words(programme),
        "reasons": rulebook.refusal_reasons(programme),
    }
    return render(request, "portal/help_rules.html", context)


@require_safe
def help_mails(request: HttpRequest) -> HttpResponse:
    """Every mail that this portal sends."""
    return render(request, "portal/help_mails.html", {"kinds": mail_kinds()})


def _values(programme: Programme) -> dict[str, str]:
    numbers = {
        "days": programme.review_target_days,
        "collaborators": programme.collaborators_limit,
        "requests": programme.research_requests_limit,
        "records": programme.research_records_limit,
    }
    return {name: number_format(number, force_grouping=True) for name, number in numbers.items()}


def _filled(question: Question, values: dict[str, str]) -> Question:
    answer = [str(paragraph) % values for paragraph in question.answer]
    return Question(question.anchor, question.question, answer)
