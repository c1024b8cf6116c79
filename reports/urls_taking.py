"""Addresses of assessments and rounds to take away, and of reports for Word."""

from django.urls import path

from reports import views_exports, views_taking, views_word

HERE = "reports/<slug:round>/<slug:partnership>/"
ROUND = "compare/<slug:round>/"

urlpatterns = [
    path(HERE + "assessment.zip", views_taking.assessment, {"form": "zip"}, name="assessment_csv"),
    path(HERE + "assessment.xlsx", views_taking.assessment, {"form": "xlsx"}, name="assessment_xlsx"),
    path(HERE + "assessment.json", views_taking.assessment, {"form": "json"}, name="assessment_json"),
    path(HERE + "submitted.zip", views_taking.submitted, {"form": "zip"}, name="submitted_csv"),
    path(HERE + "submitted.xlsx", views_taking.submitted, {"form": "xlsx"}, name="submitted_xlsx"),
    path(HERE + "submitted.json", views_taking.submitted, {"form": "json"}, name="submitted_json"),
    path(HERE + "submission.json", views_taking.submission_document, name="submission_json"),
    path(HERE + "review.json", views_taking.review_document, name="review_json"),
    path(HERE + "report.docx", views_word.word, {"kind": "report"}, name="word"),
    path(HERE + "reviewed-report.docx", views_word.word, {"kind": "reviewed-report"}, name="reviewed_word"),
    path(HERE + "draft.docx", views_word.draft, name="word_draft"),
    path(ROUND + "package.zip", views_exports.whole_round, {"form": "zip"}, name="package"),
    path(ROUND + "package.xlsx", views_exports.whole_round, {"form": "xlsx"}, name="package_xlsx"),
    path(ROUND + "package.json", views_exports.whole_round, {"form": "json"}, name="package_json"),
]
