"""The self-check, open to everybody. The answers stand in the address, so it can be shared."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.eligibility import carried_query, judge
from applications.eligibility.form import EligibilityForm, InterestForm
from programmes.models import Programme
from programmes.regions import names_of


@require_safe
def eligibility(request: HttpRequest) -> HttpResponse:
    """The questions; after a complete set of answers, the verdict of each programme on offer."""
    programmes = list(Programme.objects.on_offer().prefetch_related("criteria"))
    form = EligibilityForm(programmes, _answers(request))
    results = []
    if form.is_valid():
        results = [_result(programme, form.cleaned_data) for programme in programmes]
    context = {
        "programmes": [(each, names_of(each.country_codes)) for each in programmes],
        "form": form,
        "results": results,
        "interest_form": InterestForm(),
        "answers": request.GET.urlencode(),
    }
    return render(request, "applications/eligibility.html", context)


def _answers(request: HttpRequest) -> Any:
    """None for somebody who only opens the page, or follows a link with other things in it."""
    return request.GET if "country" in request.GET or "workplace" in request.GET else None


def _result(programme: Programme, answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "programme": programme,
        "verdict": judge(programme, answers),
        "carried": carried_query(answers, programme.slug),
        "message": programme.intake_text,
    }
