"""The registry of institutions, and the imports that filled it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from institutions.domains import host_of, with_parents
from institutions.fields import DerivedNumber, DerivedText, DerivedTexts
from institutions.folding import key_of, spellings
from institutions.lookalikes import skeleton
from institutions.searching import IS_PROMINENT, InstitutionQuerySet
from lib.models import PublicModel

LONGEST_NAME = 250
# PostgreSQL refuses to index longer entries of an array.
_LONGEST_KEY = 500
_MOST_KEYS = 200
_UNIVERSITY_BONUS = 20


class Source(models.TextChoices):
    """Who says that the institution exists."""

    ROR = "ROR", _("Research Organization Registry")
    OWN = "OWN", _("Added by the operator")


class RegistryStatus(models.TextChoices):
    """What the registry says of the entry; nobody here moves it."""

    ACTIVE = "ACTIVE", _("Active")
    INACTIVE = "INACTIVE", _("Closed or merged")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn from the registry")


class Institution(PublicModel):
    """A place where people work. `kinds` uses the words of the Research Organization Registry.

    `domains` are those that count: what the registry tells (`ror_domains`, else the host of the
    website), without the `barred_domains` and with the `added_domains` of the operator.
    """

    ror_id = models.CharField(max_length=40, unique=True, null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.ROR)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    names = models.JSONField(default=list, blank=True)
    country = CountryField(_("country"), blank=True)
    subdivision = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=200, blank=True)
    other_country_codes = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=20))
    registry_status = models.CharField(
        max_length=10, choices=RegistryStatus, default=RegistryStatus.ACTIVE
    )
    relationships = models.JSONField(default=list, blank=True)
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    ror_domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    added_domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    barred_domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    website = models.URLField(blank=True)
    caution = models.CharField(max_length=300, blank=True)

    keys = DerivedTexts(models.TextField(), default=list, editable=False)
    search_text = DerivedText(default="", editable=False)
    domain_skeletons = DerivedTexts(models.TextField(), default=list, editable=False)
    prominence = DerivedNumber(default=0, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["search"], name="institution_search", fastupdate=False),
            GinIndex(fields=["keys"], name="institution_keys", fastupdate=False),
            GinIndex(fields=["domains"], name="institution_domains", fastupdate=False),
            GinIndex(fields=["domain_skeletons"], name="institution_lookalikes", fastupdate=False),
            models.Index(
                fields=["-prominence", "name"], condition=IS_PROMINENT, name="institution_prominent"
            ),
            GinIndex(
                fields=["search"],
                condition=IS_PROMINENT,
                fastupdate=False,
                name="institution_prominent_search",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source="ROR", ror_id__isnull=False)
                | models.Q(source="OWN", ror_id__isnull=True),
                name="institution_of_ror_has_its_id",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def source_label(self) -> str:
        """Where its facts come from: the address of the entry, or that it is ours."""
        return f"https://ror.org/{self.ror_id}" if self.ror_id else str(Source.OWN.label)

    @property
    def is_active(self) -> bool:
        return self.registry_status == RegistryStatus.ACTIVE

    @property
    def other_names(self) -> list[str]:
        return [name["value"] for name in self.names if name["value"] != self.name]

    def related(self, kind: str) -> list[dict[str, Any]]:
        """The `parent`, `child`, `successor`, `predecessor` or `related` entries."""
        return [other for other in self.relationships if other["type"] == kind]

    def owned_part(self, domain: str) -> str:
        """Which of its domains an e-mail domain is or lies below; nothing if none."""
        owned = set(self.domains)
        return next((each for each in with_parents(domain.lower()) if each in owned), "")

    def owns_domain(self, domain: str) -> bool:
        """Whether an e-mail domain is one of the institution's or lies below it."""
        return bool(self.owned_part(domain))

    def is_from_website(self, domain: str) -> bool:
        """Whether only the address of the website speaks for this domain."""
        told = {*self.ror_domains, *self.added_domains}
        return domain not in told and domain == host_of(self.website)

    def derive_keys(self) -> list[str]:
        keys = (key_of(each) for name in self._all_names() for each in spellings(name))
        return sorted({key[:_LONGEST_KEY] for key in keys if key})[:_MOST_KEYS]

    def derive_search_text(self) -> str:
        """All names folded, and the words of the domains."""
        words = [each for name in self._all_names() for each in spellings(name)]
        words += [domain.replace(".", " ").replace("-", " ") for domain in self.domains]
        return " ".join(dict.fromkeys(words))

    def derive_domain_skeletons(self) -> list[str]:
        return sorted({skeleton(domain) for domain in self.domains})

    def derive_prominence(self) -> int:
        """Who is shown first among equals: what is open, teaches, and has many ties and names."""
        if not self.is_active:
            return 0
        bonus = _UNIVERSITY_BONUS if "education" in self.kinds else 0
        return 1 + bonus + min(len(self.relationships), 500) + min(len(self.names), 50)

    def _all_names(self) -> list[str]:
        return [self.name, *(name["value"] for name in self.names)]


class RegistryImport(PublicModel):
    """One dump that was read, so that everybody sees how old the registry is."""

    file_name = models.CharField(max_length=250)
    read_count = models.PositiveIntegerField()
    added_count = models.PositiveIntegerField()
    updated_count = models.PositiveIntegerField()
    refused_count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
