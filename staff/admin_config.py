"""Django's administration with our site, which only reads."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "staff.administration.Administration"
