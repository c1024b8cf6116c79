"""Addresses of the library and of the notebook; they stand before those of partnerships."""

from django.urls import path

from casestudies.library_access import INDEX
from casestudies.views import keeping, library, notebook

ENTRY = "library/<slug:shelf>/<slug:slug>/"
NOTE = "notebook/<slug:code>/"

urlpatterns = [
    path("library/", library.shelf, {"shelf": INDEX}, name="library"),
    path("library/<slug:shelf>/", library.shelf, name="library_shelf"),
    path("library/<slug:shelf>/new/", keeping.new, name="library_new"),
    path(ENTRY, library.entry, name="library_entry"),
    path(f"{ENTRY}edit/", keeping.edit, name="library_edit"),
    path(f"{ENTRY}notes/new/", notebook.on_entry, name="note_on_entry"),
    path("notebook/", notebook.notebook, name="notebook"),
    path(f"{NOTE}edit/", notebook.edit, name="note_edit"),
    path(f"{NOTE}delete/", notebook.delete, name="note_delete"),
    path("<slug:partnership>/<slug:slug>/notes/new/", notebook.on_case_study, name="note_on_case_study"),
]
