"""The registry of institutions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from lib.models import PublicModel


class Institution(PublicModel):
    """A place where people work. `kinds` uses the words of the Research Organization Registry."""

    ror_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=250)
    country = CountryField(_("country"))
    kinds = ArrayField(models.CharField(max_length=20))
    domains = ArrayField(models.CharField(max_length=250), default=list)
    website = models.URLField(blank=True)

    class Meta:
        verbose_name = _("institution")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def owns_domain(self, domain: str) -> bool:
        """Whether an e-mail domain is one of the institution's or lies below it."""
        domain = domain.lower()
        return any(domain == own or domain.endswith("." + own) for own in self.domains)
