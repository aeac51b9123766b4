"""How long it takes at present, for everybody."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.waiting import FEWEST, as_json, waiting_times
from programmes.models import Programme


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The waiting times of each programme on offer."""
    programmes = [(each, waiting_times(each)) for each in Programme.objects.on_offer()]
    context = {"programmes": programmes, "fewest": FEWEST}
    return render(request, "applications/waiting.html", context)


@require_safe
def waiting_json(request: HttpRequest) -> HttpResponse:
    rows = [as_json(each, waiting_times(each)) for each in Programme.objects.on_offer()]
    return JsonResponse({"programmes": rows})
