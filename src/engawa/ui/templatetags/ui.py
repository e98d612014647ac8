"""Component tags of the design system, available in every template without loading."""

from django import template

register = template.Library()
