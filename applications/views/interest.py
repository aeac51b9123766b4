"""The waiting list: leaving an address, confirming it, taking it back. Nobody signs in for it."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.eligibility.form import InterestForm
from lib.errors import Refused
from lib.secrets import hash_secret
from programmes.actions import (
    ask_to_be_told,
    confirm_interest,
    find_interest,
    stop_interest,
)
from programmes.models import InterestKind, Programme

_ASKED_AN_HOUR = 20
_HOUR_SECONDS = 3600


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The same answer whether the address is known, new or at its limit."""
    programme = _programme(request.POST.get("programme", ""))
    form = InterestForm(request.POST)
    kind, country = request.POST.get("kind", ""), request.POST.get("country", "")
    if form.is_valid():
        _check_flood(request)
        ask_to_be_told(programme, email=form.cleaned_data["email"], kind=kind, country_code=country)
        sentence = _("Look into your mail: the letter has a link to confirm that you want this.")
        messages.success(request, sentence)
        return _back_to_check(request)
    label = dict(InterestKind.choices).get(kind, "")
    context: dict[str, Any] = {"form": form, "programme": programme, "kind": kind, "label": label}
    context |= {"country": country, "answers": request.POST.get("answers", "")}
    return render(request, "applications/eligibility_tell_me.html", context)


def _programme(slug: str) -> Programme:
    """Compared here and not in the database, which takes no text with odd characters."""
    on_offer = Programme.objects.on_offer()
    found = next((each for each in on_offer if each.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _check_flood(request: HttpRequest) -> None:
    """One visitor leaves a few addresses an hour, or the list would mail to a phone book."""
    key = "interest:" + hash_secret(get_adapter().get_client_ip(request))
    cache.add(key, 0, _HOUR_SECONDS)
    if cache.incr(key) > _ASKED_AN_HOUR:
        raise Refused(_("That were many addresses in an hour: please come back later."))


def _back_to_check(request: HttpRequest) -> HttpResponse:
    """To the answers as they were. Only the page's own address is ever gone to."""
    answers = QueryDict(request.POST.get("answers", "")[:2000]).urlencode()
    address = reverse("applications:eligibility")
    return redirect(f"{address}?{answers}" if answers else address)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """A page with one button: programs that open every link of a mail must not confirm it."""
    if request.method == "POST":
        confirm_interest(secret)
        messages.success(request, _("Thank you. One letter will come when it is open."))
        return redirect("applications:interest_stop", secret)
    wish = find_interest(secret)
    context = {"wish": wish, "secret": secret}
    status = 200 if wish else 404
    return render(request, "applications/eligibility_confirm.html", context, status=status)


@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """One click, and the address is forgotten; used twice, it says the same."""
    if request.method == "POST":
        stop_interest(secret)
        messages.success(request, _("Done: your address is forgotten, and no letter will come."))
        return redirect("applications:eligibility")
    return render(request, "applications/eligibility_stop.html", {"secret": secret})
