"""How Django's forms look: ``{{ form }}`` and ``{% field form.name %}`` use the same templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders forms by the design system's templates, and widgets by Django's own."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/components/field.html"
