"""The addresses of the editor of the application form, below one programme's policy."""

from django.urls import path

from staff.views import forms

_FORM = "policy/<uuid:programme_id>/form/"

urlpatterns = [
    path(_FORM, forms.overview, name="form"),
    path(f"{_FORM}add/", forms.add, name="form_add"),
    path(f"{_FORM}publish/", forms.publish, name="form_publish"),
    path(f"{_FORM}discard/", forms.discard, name="form_discard"),
    path(f"{_FORM}preview/<slug:section_key>/", forms.preview, name="form_preview"),
    path(f"{_FORM}questions/<slug:key>/", forms.question, name="form_question"),
    path(f"{_FORM}questions/<slug:key>/move/", forms.move, name="form_move"),
    path(f"{_FORM}questions/<slug:key>/switch/", forms.switch, name="form_switch"),
]
