"""Django's own administration, for operators to look at rows; it changes nothing.

Whatever is changed goes through the actions of the apps, which check, record and tell. A file that
is closed to the operator, because of a tie or because it is their own, is closed here as well.
"""

from collections.abc import Callable, Iterator
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application, ListedCollaborator
from applications.states import WITH_STAFF, ApplicationStatus
from organizations.models import Membership, Organization
from reviews.models import AboutSubject, Review

# How many foreign keys may lie between a row and what it belongs to.
_DEEPEST = 3
# Parts of the names of columns that nobody needs to read.
_SECRET = ("secret", "hash", "token", "encrypted", "password")


class Administration(admin.AdminSite):
    """Signing in is the portal's; for whoever is no operator nothing is here."""

    site_header = site_title = _("Rows, for reading")
    index_title = _("What the portal has stored")
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only models that are shown for reading: libraries register theirs for editing."""
        if admin_class is not None and issubclass(admin_class, ReadOnly):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.is_operator

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return redirect_to_login(request.GET.get("next", "/"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows of one model that the operator may see; no page of it writes."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return open_rows(rows, request.user) if isinstance(request.user, User) else rows.none()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        names = [field.name for field in self.model._meta.get_fields()]
        return [name for name in names if any(part in name for part in _SECRET)]


def open_rows(rows: QuerySet[Any], operator: User) -> QuerySet[Any]:
    """Without those that belong to a file which is closed to the operator.

    Reviews that are under way stay blind, so they are left out but for the operator's own.
    """
    files = Application.objects.reviewable_by(operator)
    labs = Organization.objects.filter(Q(application=None) | Q(application__in=files))
    for path, target in paths_to_files(rows.model):
        allowed = labs if target is Organization else files
        if target is AboutSubject:
            rows = rows.filter(_about_open(path, files, operator))
        else:
            rows = rows.filter(Q(**{f"{path}__in": allowed.values("pk")}) | Q(**{path: None}))
    if rows.model is Review:
        under_way = files.filter(status__in=[*WITH_STAFF, ApplicationStatus.CHANGES_REQUESTED])
        rows = rows.filter(~Q(subject_id__in=under_way.values("pk")) | Q(reviewer=operator))
    return rows


def _about_open(path: str, files: QuerySet[Application], operator: User) -> Q:
    memberships = Membership.objects.reviewable_by(operator)
    listed = ListedCollaborator.objects.filter(application__in=files)
    subjects = [each.values("pk") for each in (files, memberships, listed)]
    allowed = Q(**{path: None})
    for each in subjects:
        allowed |= Q(**{f"{path}__in": each})
    return allowed


def paths_to_files(
    model: type[models.Model], prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, type[models.Model]]]:
    """By which columns rows of a model belong to an application, a lab or a subject."""
    if model in (Application, Organization):
        yield f"{prefix}pk", model
        return
    names = {field.name for field in model._meta.get_fields()}
    if issubclass(model, AboutSubject) or "subject_id" in names:
        yield f"{prefix}subject_id", AboutSubject
    if depth >= _DEEPEST:
        return
    for field in model._meta.get_fields():
        related: Any = field.related_model
        if not (field.concrete and field.is_relation and related) or related is User:
            continue
        if related in (Application, Organization):
            yield f"{prefix}{field.name}", related
        else:
            yield from paths_to_files(related, f"{prefix}{field.name}__", depth + 1)
