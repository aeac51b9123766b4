"""The application form in the back office: what is asked, and the draft of what will be."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from applications import actions
from applications.forms import SectionForm
from applications.models import Application, FormVersion
from applications.questions import Definition, Question
from applications.questions.builtin import NEEDED
from applications.questions.changing import differences
from applications.states import OPEN, ApplicationStatus
from applications.views.asking import rows_of
from lib.errors import Refused
from programmes.models import Programme
from staff.access import operators_only
from staff.forms.questions import KIND_NAMES, PublishForm, QuestionForm


@dataclass(frozen=True)
class Looked:
    """The form of a programme as the pages show it: the draft, if there is one."""

    programme: Programme
    published: FormVersion
    draft: FormVersion | None

    @property
    def shown(self) -> FormVersion:
        return self.draft or self.published

    @property
    def content(self) -> Definition:
        return self.shown.content


def load(programme_id: uuid.UUID) -> Looked:
    """Operators, who alone come here, see every programme."""
    programme = get_object_or_404(Programme.objects.all(), pk=programme_id)
    drafts = FormVersion.objects.filter(programme=programme, published_at__isnull=True)
    return Looked(programme, FormVersion.objects.in_force(programme), drafts.first())


@require_safe
@operators_only
def overview(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    """Every question, asked or not, and what differs from what is asked now."""
    return _show_overview(request, load(programme_id))


def _show_overview(
    request: SignedInRequest, looked: Looked, publish_form: PublishForm | None = None
) -> HttpResponse:
    draft = looked.draft
    changes = differences(looked.published.content, draft.content) if draft else []
    empty = PublishForm(initial={"revision": draft.revision}) if draft else None
    history = FormVersion.objects.filter(programme=looked.programme, published_at__isnull=False)
    context = {
        "sections": looked.content.sections,
        "changes": changes,
        "publish_form": publish_form or empty,
        "needed": NEEDED,
        "history": history.select_related("published_by").defer("definition"),
        **_affected(looked.programme),
    }
    return _show(request, looked, "overview", context)


def _affected(programme: Programme) -> dict[str, int]:
    """Whom a new form reaches: open drafts follow it, what was submitted keeps its own."""
    mine = Application.objects.filter(programme=programme)
    return {
        "drafts_count": mine.filter(status=ApplicationStatus.DRAFT).count(),
        "submitted_count": mine.filter(status__in=OPEN, submitted_at__isnull=False).count(),
    }


def _show(
    request: SignedInRequest, looked: Looked, page: str, context: dict[str, Any]
) -> HttpResponse:
    shared = {
        "staff_tab": "policy",
        "policy_tab": "form",
        "programme": looked.programme,
        "looked": looked,
        "kind_names": KIND_NAMES,
    }
    return render(request, f"staff/form_{page}.html", {**shared, **context})


@require_http_methods(["GET", "POST"])
@operators_only
def add(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    looked = load(programme_id)
    initial = {"section": request.GET.get("section", ""), "is_required": True}
    form = QuestionForm(looked.content, None, request.POST or None, initial=initial)
    return _put(request, looked, form)


@require_http_methods(["GET", "POST"])
@operators_only
def question(request: SignedInRequest, programme_id: uuid.UUID, key: str) -> HttpResponse:
    looked = load(programme_id)
    form = QuestionForm(looked.content, _find(looked, key), request.POST or None)
    return _put(request, looked, form)


def _find(looked: Looked, key: str) -> Question:
    found = looked.content.question(key)
    if found is None:
        raise Http404
    return found


def _put(request: SignedInRequest, looked: Looked, form: QuestionForm) -> HttpResponse:
    if form.is_valid() and _is_put(request, looked, form):
        messages.success(request, _("Kept in the draft. Nobody is asked before you publish it."))
        return redirect("staff:form", looked.programme.pk)
    return _show(request, looked, "question", {"form": form, "question": form.question})


def _is_put(request: SignedInRequest, looked: Looked, form: QuestionForm) -> bool:
    section_key = form.cleaned_data["section"]
    try:
        actions.put_question(
            looked.programme, question=form.result(), section_key=section_key, by=request.user
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


@require_POST
@operators_only
def move(request: SignedInRequest, programme_id: uuid.UUID, key: str) -> HttpResponse:
    looked = load(programme_id)
    _find(looked, key)
    step = 1 if request.POST.get("to") == "down" else -1
    actions.move_question(looked.programme, key=key, step=step, by=request.user)
    return _back_to(looked, key)


@require_POST
@operators_only
def switch(request: SignedInRequest, programme_id: uuid.UUID, key: str) -> HttpResponse:
    looked = load(programme_id)
    is_on = not _find(looked, key).is_on
    try:
        actions.switch_question(looked.programme, key=key, is_on=is_on, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return _back_to(looked, key)


def _back_to(looked: Looked, key: str) -> HttpResponse:
    answer = redirect("staff:form", looked.programme.pk)
    answer["Location"] += f"#question-{key}"
    return answer


@require_safe
@operators_only
def preview(request: SignedInRequest, programme_id: uuid.UUID, section_key: str) -> HttpResponse:
    """One page of the form as applicants will see it; nothing can be sent."""
    looked = load(programme_id)
    form = looked.shown.asked
    here = form.section(section_key)
    if here is None:
        raise Http404
    nobody = Application(programme=looked.programme, applicant=request.user)
    fields = SectionForm(nobody, here)
    context = {
        "section": here,
        "sections": form.sections,
        "rows": rows_of(nobody, form, here, fields),
        "following": form.neighbour(here, +1),
    }
    return _show(request, looked, "preview", context)


@require_POST
@operators_only
def publish(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    looked = load(programme_id)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _show_overview(request, looked, form)
    try:
        actions.publish_form(looked.programme, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _show_overview(request, load(programme_id), form)
    messages.success(request, _("The new form is asked from now on."))
    return redirect("staff:form", looked.programme.pk)


@require_POST
@operators_only
def discard(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    looked = load(programme_id)
    actions.discard_form(looked.programme, by=request.user)
    messages.success(request, _("The draft is thrown away; the form stays as it is."))
    return redirect("staff:form", looked.programme.pk)
