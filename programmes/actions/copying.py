"""A further programme, which begins as a copy of one there is."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import Refused
from programmes.actions.policy import Changed, lock_policy, write_down
from programmes.models import Criterion, Programme, ReasonCode, Terms
from programmes.settings import clean_setting

# What a copy does not take over: each programme has these for itself.
_OWN = {"id", "created_at", "slug", "name", "is_public", "revision"}


@transaction.atomic
def copy_programme(source: Programme, *, name: str, by: User) -> Programme:
    """A programme of its own with the settings, criteria, present terms and reasons of another.

    It is not shown to the public until the operator says so. Refuses a name that is taken.
    """
    lock_policy(source, by=by, revision=None)
    name = clean_setting(source, "name", name)
    slug = slugify(name)[:50]
    if not slug or Programme.objects.filter(slug=slug).exists():
        raise Refused(_("There is a programme of this name, or its name has no letters."))
    settings = {
        field.attname: getattr(source, field.attname)
        for field in Programme._meta.concrete_fields
        if field.name not in _OWN
    }
    programme = Programme.objects.create(name=name, slug=slug, is_public=False, **settings)
    _copy_rows(source, programme)
    change = Changed("programme", None, {"copied_from": source.slug, "name": name})
    write_down(programme, [change], by=by, reason=_("Made as a copy of “%s”.") % source.name)
    return programme


def _copy_rows(source: Programme, programme: Programme) -> None:
    for terms in source.terms.order_by("-version")[:1]:
        Terms.objects.create(programme=programme, version=1, body=terms.body)
    for criterion in source.criteria.all():
        criterion.pk, criterion.programme = None, programme
        Criterion.objects.bulk_create([criterion])
    for reason in source.reason_codes.filter(retired_at=None):
        reason.pk, reason.programme = ReasonCode().pk, programme
        ReasonCode.objects.bulk_create([reason])
