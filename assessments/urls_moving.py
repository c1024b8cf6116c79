"""Addresses of the administrators' pages on the criteria of a round, and of answers without a home."""

from django.urls import URLPattern, path

from assessments.views import homeless, moving

ROUND = "rounds/<slug:round>/criteria/"
TO = ROUND + "<slug:framework>/<slug:version>/"
HOMELESS = "assessments/<slug:round>/<slug:partnership>/without-a-home/"
# No round may take this for its slug: `round_services.RESERVED_SLUGS`.
IF_MOVED = "rounds/if-moved/"

urlpatterns: list[URLPattern] = [
    path(IF_MOVED, moving.if_moved, name="if_moved"),
    path(IF_MOVED + "<slug:framework>/<slug:version>/", moving.if_moved_to, name="if_moved_to"),
    path(ROUND, moving.criteria, name="round_criteria"),
    path(ROUND + "undo/", moving.undo, name="round_move_undo"),
    path(TO, moving.move, name="round_move"),
    path(TO + "answers.csv", moving.answers, {"form": "csv"}, name="round_move_csv"),
    path(TO + "answers.xlsx", moving.answers, {"form": "xlsx"}, name="round_move_xlsx"),
    path(HOMELESS, homeless.homeless, name="homeless"),
    path(HOMELESS + "<slug:version>/<str:code>/<int:number>/", homeless.download, name="homeless_file"),
]
