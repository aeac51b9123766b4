"""The queue of proposed collaborators, and deciding about one of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from audit.log import record
from organizations import actions
from organizations.models import Membership
from organizations.permissions import can_clear_membership, check_clear_membership
from organizations.states import MembershipStatus
from programmes.models import ReasonOutcome
from reviews.models import Colour, Decision
from reviews.reasons import reason_choices, with_reason_texts
from staff.access import reviewers_only


class RefusalForm(forms.Form):
    """Why a person is not cleared; they and the principal researcher read both."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"))
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The person and the principal researcher read this."),
    )

    def __init__(self, membership: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = reason_choices(membership.organization.programme, ReasonOutcome.DECLINED)
        reason: Any = self.fields["reason"]
        reason.choices = [("", gettext_lazy("Choose one")), *choices]


class ClearanceForm(forms.Form):
    """A remark that stays with the decision."""

    note = forms.CharField(
        label=gettext_lazy("Comment for the file (optional)"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True)
class EvidenceLine:
    """One fact about the person, as `components/evidence.html` shows it."""

    colour: Colour
    title: str
    sentence: str
    source: str


@require_safe
@reviewers_only
def collaborators(request: SignedInRequest) -> HttpResponse:
    """Who waits, the longest first."""
    waiting = (
        Membership.objects.awaiting_review()
        .reviewable_by(request.user)
        .select_related("organization__institution")
        .order_by("created_at", "id")
    )
    context = {"staff_tab": "collaborators", "waiting": waiting}
    return render(request, "staff/collaborators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def collaborator(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """One person with the evidence; a POST decides."""
    visible = Membership.objects.reviewable_by(request.user)
    membership = get_object_or_404(
        visible.select_related("organization__institution", "organization__programme", "user"),
        pk=membership_id,
    )
    if request.method != "POST":
        _record_view(membership, request)
        return _page(request, membership, ClearanceForm(), RefusalForm(membership))
    check_clear_membership(membership, request.user)
    if request.POST.get("decision") == "clear":
        return _clear(request, membership)
    return _refuse(request, membership)


def _clear(request: SignedInRequest, membership: Membership) -> HttpResponse:
    form = ClearanceForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, form, RefusalForm(membership))
    actions.clear_membership(membership, by=request.user, comment=form.cleaned_data["note"])
    messages.success(request, _("%(name)s is cleared and was invited.") % {"name": membership.name})
    return redirect("staff:collaborators")


def _refuse(request: SignedInRequest, membership: Membership) -> HttpResponse:
    form = RefusalForm(membership, request.POST)
    if not form.is_valid():
        return _page(request, membership, ClearanceForm(), form)
    actions.refuse_membership(membership, by=request.user, **form.cleaned_data)
    messages.success(
        request,
        _("%(name)s is not cleared; both sides were told why.") % {"name": membership.name},
    )
    return redirect("staff:collaborators")


def _page(
    request: SignedInRequest,
    membership: Membership,
    clearance_form: ClearanceForm,
    refusal_form: RefusalForm,
) -> HttpResponse:
    is_waiting = membership.status == MembershipStatus.UNDER_REVIEW
    context = {
        "staff_tab": "collaborators",
        "membership": membership,
        "organization": membership.organization,
        "principal": membership.organization.principal,
        "evidence": evidence_about(membership),
        "decisions": with_reason_texts(
            Decision.objects.about(membership).select_related("decided_by"),
            membership.organization.programme,
        ),
        "is_waiting": is_waiting,
        "can_decide": is_waiting and can_clear_membership(membership, request.user),
        "clearance_form": clearance_form,
        "refusal_form": refusal_form,
    }
    return render(request, "staff/collaborator.html", context)


def _record_view(membership: Membership, request: SignedInRequest) -> None:
    record(
        "membership.viewed",
        by=request.user,
        subject=membership,
        organization=membership.organization_id,
    )


def evidence_about(membership: Membership) -> list[EvidenceLine]:
    """What Carrel itself knows about the person; it colours and never decides."""
    return [_account(membership), _domain(membership), _other_labs(membership)]


def _account(membership: Membership) -> EvidenceLine:
    title, source = _("Account"), _("accounts of this installation")
    if membership.user is None:
        sentence = _("Nobody has made an account with this address yet.")
        return EvidenceLine(Colour.RED, title, sentence, source)
    sentence = _("%(name)s has an account since %(day)s and has verified this address.") % {
        "name": membership.user.name,
        "day": date_format(membership.user.date_joined, "j M Y"),
    }
    is_same_name = membership.user.name.casefold() == membership.name.casefold()
    if not is_same_name:
        sentence += " " + _("The proposal writes the name differently.")
    colour = Colour.GREEN if is_same_name else Colour.YELLOW
    return EvidenceLine(colour, title, sentence, source)


def _domain(membership: Membership) -> EvidenceLine:
    title, source = _("Institution"), _("registry of institutions")
    institution = membership.organization.institution
    words = {"domain": membership.email.rpartition("@")[2], "institution": institution.name}
    if institution.owns_domain(words["domain"]):
        sentence = _("%(domain)s belongs to %(institution)s, as the lab does.") % words
        return EvidenceLine(Colour.GREEN, title, sentence, source)
    sentence = _(
        "%(domain)s is not a known domain of %(institution)s. "
        "People of another institution need an application of their own institution."
    )
    return EvidenceLine(Colour.YELLOW, title, sentence % words, source)


def _other_labs(membership: Membership) -> EvidenceLine:
    title, source = _("Other labs"), _("memberships of this installation")
    elsewhere = Membership.objects.filter(email=membership.email).exclude(
        organization=membership.organization_id
    )
    if membership.user_id:
        elsewhere = elsewhere | Membership.objects.filter(user=membership.user_id).exclude(
            organization=membership.organization_id
        )
    names = [
        f"{other.organization.name} ({other.get_status_display()})"
        for other in elsewhere.select_related("organization").order_by("id")[:10]
    ]
    if not names:
        return EvidenceLine(Colour.GREEN, title, _("The person is in no other lab."), source)
    sentence = _("The person is known in: %(labs)s.") % {"labs": "; ".join(names)}
    return EvidenceLine(Colour.YELLOW, title, sentence, source)
