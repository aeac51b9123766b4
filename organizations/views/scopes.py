"""Where an operator changes what a lab is approved for."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from organizations import actions
from organizations.forms import ChangeScopeForm, initial_of
from organizations.permissions import check_change_scope
from organizations.views.loading import load_lab
from programmes.scope import ScopeInvalid


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def scope(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    check_change_scope(organization, request.user)
    form = ChangeScopeForm(
        request.POST or None,
        programme=organization.programme,
        initial=initial_of(organization.approved_scope),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_scope(
                organization, form.scope, by=request.user, reason=form.cleaned_data["reason"]
            )
        except ScopeInvalid as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The scope is saved and the principal researcher told."))
            return redirect("lab", organization.pk)
    context = {"organization": organization, "lab_tab": "overview", "form": form}
    return render(request, "organizations/scope.html", context)
