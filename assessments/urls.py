"""Addresses of rounds and assessments: /assessments/<round>/<partnership>/… names what is edited."""

from django.urls import path

from assessments import (
    urls_actions,
    urls_carrying,
    urls_helping,
    urls_meeting,
    urls_moving,
    urls_presence,
    urls_rounds,
    urls_survey,
    urls_viewing,
)
from assessments.views import criterion, evidence, submitting, tasks

app_name = "assessments"

DESK = "assessments/<slug:round>/<slug:partnership>/"
CRITERION = DESK + "criteria/<str:code>/"

urlpatterns = [
    # First because they are asked for most, and a save must be quick.
    *urls_viewing.urlpatterns,
    path(DESK, tasks.tasks, name="tasks"),
    path(DESK + "late/", tasks.late_drafts, name="late_drafts"),
    # One criterion
    path(CRITERION, criterion.criterion, name="criterion"),
    path(CRITERION + "autosave/", criterion.autosave, name="autosave"),
    path(CRITERION + "evidence/file/", evidence.add_file, name="evidence_file"),
    path(CRITERION + "evidence/link/", evidence.add_link, name="evidence_link"),
    path(CRITERION + "evidence/case-study/", evidence.cite, name="evidence_case_study"),
    path(CRITERION + "evidence/sheet/", evidence.add_sheet, name="evidence_sheet"),
    path(CRITERION + "evidence/linked/", evidence.use_linked, name="evidence_linked"),
    path(CRITERION + "evidence/<int:number>/", evidence.download, name="evidence_download"),
    path(CRITERION + "evidence/<int:number>/remove/", evidence.remove, name="evidence_remove"),
    # Sending it
    path(DESK + "check/", submitting.check, name="check"),
    path(DESK + "submit/", submitting.submit, name="submit"),
    path(DESK + "submissions/<int:number>/", submitting.confirmation, name="confirmation"),
    path(DESK + "submissions/<int:number>/withdraw/", submitting.withdraw, name="withdraw"),
    path("submissions/<str:reference>/files/<str:sha256>/", evidence.submitted_file, name="submitted_file"),
    # To print
    path("rounds/<slug:round>/form/", tasks.blank_form, name="blank_form"),
    *urls_moving.urlpatterns,
    *urls_rounds.urlpatterns,
    *urls_survey.urlpatterns,
    *urls_actions.urlpatterns,
    *urls_meeting.urlpatterns,
    *urls_presence.urlpatterns,
    *urls_carrying.urlpatterns,
    *urls_helping.urlpatterns,
]
