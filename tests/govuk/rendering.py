"""Draws a form as a page does, through the `crispy` tag."""

from django.template import Context, Template

PAGE = "{% load crispy_forms_tags %}{% crispy form %}"


def render_form(form):
    """The HTML of a form by way of its helper."""
    return Template(PAGE).render(Context({"form": form}))


def render(source, **context):
    """The HTML of a template given as text, with the pack's tags at hand."""
    return Template("{% load govuk %}" + source).render(Context(context))
