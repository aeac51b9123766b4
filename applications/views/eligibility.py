"""The self-check, open to everybody. The answers stand in the address, so it can be shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_countries import countries

from applications.eligibility import judge
from applications.forms import EligibilityForm
from programmes.models import Programme


@require_safe
def eligibility(request: HttpRequest) -> HttpResponse:
    programme = Programme.objects.default()
    form = EligibilityForm(programme, request.GET or None)
    verdict = judge(programme, form.cleaned_data) if form.is_valid() else None
    names = sorted(str(countries.name(code)) for code in programme.country_codes)
    context = {"programme": programme, "form": form, "verdict": verdict, "open_countries": names}
    return render(request, "applications/eligibility.html", context)
