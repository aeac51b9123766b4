"""Every address of the site, by app."""

from django.contrib import admin
from django.urls import include, path

from portal.views.health import healthz, readyz
from portal.views.help import help_mails, help_page, help_rules
from portal.views.home import home
from portal.views.lab import lab
from portal.views.outbox import outbox, outbox_message

urlpatterns = [
    path("", home, name="home"),
    path("help/", help_page, name="help"),
    path("help/rules/", help_rules, name="help_rules"),
    path("help/mails/", help_mails, name="help_mails"),
    path("outbox/", outbox, name="outbox"),
    path("outbox/<uuid:message_id>/", outbox_message, name="outbox_message"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.orcid.urls")),
    path("", include("applications.urls")),
    path("organization/<uuid:organization_id>/", lab, name="lab"),
    path("organization/", include("organizations.urls")),
    path("queries/", include("queries.urls")),
    path("staff/", include("staff.urls")),
    path("admin/", admin.site.urls),
    path("v2/", include("research_api.urls")),
]
