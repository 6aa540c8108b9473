"""Renders forms with our templates: label, hint, error and field in the order of USWDS, joined by aria attributes."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class UswdsRenderer(TemplatesSetting):
    """Looks in templates/ before Django's own form templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
