"""Every model of what is applied for, judged and let in, for reading."""

from django.apps import apps
from django.contrib import admin

from staff.administration import ReadOnly

for label in ("applications", "reviews", "organizations"):
    for model in apps.get_app_config(label).get_models():
        admin.site.register(model, ReadOnly)
