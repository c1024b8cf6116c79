"""Addresses of the partnership's side of its review, below those of its assessment."""

from django.urls import path

from reviews.views import partnership, remark_files

urlpatterns = [
    path("questions/", partnership.questions, name="questions"),
    path("questions.csv", remark_files.remarks, {"form": "csv"}, name="questions_csv"),
    path("questions.xlsx", remark_files.remarks, {"form": "xlsx"}, name="questions_xlsx"),
    path("questions/<slug:code>/", partnership.reply, name="reply"),
    path("recommendations/<slug:code>/", partnership.take_up, name="take_up"),
]
