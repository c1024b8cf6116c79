from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """The map: regions, forces, areas, agencies."""

    name = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"
