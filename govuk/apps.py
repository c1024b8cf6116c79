from django.apps import AppConfig


class GovukConfig(AppConfig):
    """Page furniture in GOV.UK style; owns no tables."""

    name = "govuk"
