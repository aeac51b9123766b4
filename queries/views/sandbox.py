"""The page of the sandbox. A question stands in its address, so that it can be passed on."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from corpus import synthetic
from corpus.codebook import TABLES
from lib.errors import Refused
from programmes.models import Programme
from queries.forms import usual_dates
from queries.sandbox.answers import Answer, ask_sandbox
from queries.sandbox.forms import SandboxForm
from queries.sandbox.pace import count_question
from queries.sandbox.permissions import check_use_sandbox
from queries.sandbox.wording import text_for_application


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sandbox(request: SignedInRequest) -> HttpResponse:
    """The builder; a sent form goes on to its own address, or is answered here if too long."""
    check_use_sandbox(request.user)
    form = _form(request)
    if not form.is_bound or not form.is_valid():
        return _render(request, form)
    address = form.address()
    if request.method == "POST" and address:
        return redirect(f"{reverse('queries:sandbox')}?{address}")
    try:
        count_question(request.user)
        answer = _answer(form)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _render(request, form, status=refusal.http_status)
    link = f"{settings.PUBLIC_URL}{reverse('queries:sandbox')}?{address}" if address else ""
    text = text_for_application(answer, link)
    return _render(request, form, answer=answer, link=link, text=text)


def _form(request: SignedInRequest) -> SandboxForm:
    """Bound to what was sent or to what the address holds; else it offers the last days."""
    programmes = _programmes()
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" or given.keys() & SandboxForm.base_fields.keys():
        return SandboxForm(programmes, given)
    last = synthetic.PERIOD.end
    return SandboxForm(programmes, initial=usual_dates(last, last))


def _programmes() -> list[Programme]:
    shown = Programme.objects.filter(is_public=True).order_by("created_at", "id")
    return list(shown) or [Programme.objects.default()]


def _answer(form: SandboxForm) -> Answer:
    return ask_sandbox(
        form.query,
        fields=form.cleaned_data["fields_wanted"],
        programme=form.programme_chosen,
        records_expected=form.cleaned_data["records_expected"],
    )


def _render(
    request: SignedInRequest, form: SandboxForm, *, status: int = 200, **answered: object
) -> HttpResponse:
    context = {
        "form": form,
        "period": synthetic.PERIOD,
        "tables": TABLES.values(),
        "has_choice": len(form.programmes) > 1,
        **answered,
    }
    return render(request, "queries/sandbox.html", context, status=status)
