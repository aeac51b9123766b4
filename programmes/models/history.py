"""What became of the policy: one row for each setting that was changed, never rewritten."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel
from programmes.models.programme import Programme


class PolicyChange(PublicModel):
    """One setting that an operator changed: from what to what, who, when and why.

    Rows of one deed share their revision. `setting` is the name of a column of the programme, or
    `terms`, `reason.CODE`, `criterion.code`, `programme`.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="changes")
    setting = models.CharField(max_length=80)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason"), max_length=500)
    revision = models.PositiveIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        verbose_name = _("change of policy")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "revision", "setting"], name="policy_change_once"
            )
        ]
        indexes = [models.Index(fields=["programme", "-id"], name="policy_change_history")]

    def __str__(self) -> str:
        return f"{self.programme} {self.revision} {self.setting}"
