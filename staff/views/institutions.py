"""The registry of institutions: staff read it, operators add what it lacks."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_countries import countries

from accounts.requests import SignedInRequest
from institutions import actions
from institutions.models import LONGEST_NAME, Institution, RegistryImport, Source
from institutions.permissions import can_curate_registry, check_curate_registry
from institutions.standing import KIND_LABELS, standing_of
from lib.errors import Refused
from programmes.models import Programme
from reviews.models import Colour
from staff.access import reviewers_only

_SHOWN = 30


def _country_choices() -> list[tuple[str, str]]:
    """In the reader's language, so asked for at each request."""
    return [("", _("Choose one")), *countries]


class DomainList(forms.CharField):
    """Mail domains, one on a line; cleaned to a list."""

    widget = forms.Textarea({"rows": 4, "spellcheck": "false"})

    def clean(self, value: Any) -> list[str]:
        return str(super().clean(value)).split()


class DomainsForm(forms.Form):
    """The mail domains that count for an institution."""

    domains = DomainList(
        label=gettext_lazy("Mail domains"),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy(
            "One on a line, like uva.nl. What you add or take away here outlasts every import."
        ),
    )


class CautionForm(forms.Form):
    """What every reviewer should know of the institution."""

    caution = forms.CharField(
        label=gettext_lazy("Note for reviewers"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "It colours the evidence yellow. Empty, the note is taken away. Applicants may ask "
            "to read it."
        ),
    )


class AddForm(forms.Form):
    """An institution that the registry lacks."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    country = forms.ChoiceField(
        label=gettext_lazy("Country or territory"),
        choices=_country_choices,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What it is"),
        choices=list(KIND_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=200, assume_scheme="https"
    )
    domains = DomainList(
        label=gettext_lazy("Mail domains"),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy(
            "One on a line, like uva.nl. Without any, the address of the website counts."
        ),
    )


@require_safe
@reviewers_only
def registry(request: SignedInRequest) -> HttpResponse:
    """What a search finds; without one, what this installation added itself."""
    search = request.GET.get("search", "").strip()
    ours = Institution.objects.for_reading().filter(source=Source.OWN).order_by("name", "id")
    context = {
        "staff_tab": "institutions",
        "search": search,
        "found": Institution.objects.matching(search, most=_SHOWN) if search else ours[:_SHOWN],
        "latest_import": RegistryImport.objects.first(),
        "can_curate": can_curate_registry(request.user),
    }
    return render(request, "staff/institutions.html", context)


@require_safe
@reviewers_only
def detail(request: SignedInRequest, institution_id: uuid.UUID) -> HttpResponse:
    return _page(request, _load(institution_id))


def _load(institution_id: uuid.UUID) -> Institution:
    """The registry is public, so whoever is at the desk may see all of it."""
    return get_object_or_404(Institution.objects.for_reading(), pk=institution_id)


def _page(request: SignedInRequest, institution: Institution, **bound_forms: Any) -> HttpResponse:
    context = {
        "staff_tab": "institutions",
        "institution": institution,
        "kinds": ", ".join(str(KIND_LABELS.get(kind, kind)) for kind in institution.kinds),
        "domains": [(domain, _origin(institution, domain)) for domain in institution.domains],
        "parents": Institution.objects.parents_of(institution),
        "successors": Institution.objects.successors_of(institution),
        "standings": [_standing(institution, each) for each in Programme.objects.all()],
        "can_curate": can_curate_registry(request.user),
        "domains_form": DomainsForm(initial={"domains": "\n".join(institution.domains)}),
        "caution_form": CautionForm(initial={"caution": institution.caution}),
        **bound_forms,
    }
    return render(request, "staff/institutions_detail.html", context)


def _standing(institution: Institution, programme: Programme) -> dict[str, Any]:
    standing = standing_of(
        institution, kinds=programme.institution_kinds, country_codes=programme.country_codes
    )
    return {
        "programme": programme,
        "colour": standing.colour.value,
        "label": Colour(standing.colour.value).label,
        "sentence": standing.sentence,
    }


def _origin(institution: Institution, domain: str) -> str:
    """Who says that the domain is the institution's."""
    if domain in institution.added_domains:
        return _("added by the operator")
    return _("its website") if institution.is_from_website(domain) else _("registry")


@require_POST
@reviewers_only
def change_domains(request: SignedInRequest, institution_id: uuid.UUID) -> HttpResponse:
    institution, form = _load(institution_id), DomainsForm(request.POST)
    check_curate_registry(request.user)
    if form.is_valid():
        try:
            actions.change_domains(institution, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("domains", refused.sentence)
        else:
            messages.success(request, _("These domains count from now on."))
            return redirect("staff:institution", institution.pk)
    return _page(request, institution, domains_form=form)


@require_POST
@reviewers_only
def note_caution(request: SignedInRequest, institution_id: uuid.UUID) -> HttpResponse:
    institution, form = _load(institution_id), CautionForm(request.POST)
    check_curate_registry(request.user)
    if not form.is_valid():
        return _page(request, institution, caution_form=form)
    actions.note_caution(institution, by=request.user, **form.cleaned_data)
    messages.success(request, _("The note is kept; evidence gathered from now on shows it."))
    return redirect("staff:institution", institution.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def add(request: SignedInRequest) -> HttpResponse:
    check_curate_registry(request.user)
    form = AddForm(request.POST) if request.method == "POST" else AddForm()
    if form.is_valid():
        try:
            institution = actions.add_institution(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": institution.name})
            return redirect("staff:institution", institution.pk)
    return render(
        request, "staff/institutions_add.html", {"staff_tab": "institutions", "form": form}
    )
