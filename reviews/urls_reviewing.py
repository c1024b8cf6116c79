"""Addresses of a review, below those of a partnership in a region's round."""

from django.urls import path

from reviews.views import actions, criterion, ending, reading, review, review_file

CRITERION = "criteria/<str:code>/"

urlpatterns = [
    path("", review.review, name="submission"),
    path("review.csv", review_file.criteria, {"form": "csv"}, name="submission_csv"),
    path("review.xlsx", review_file.criteria, {"form": "xlsx"}, name="submission_xlsx"),
    path("actions/", actions.actions, name="actions"),
    path("answers/", reading.whole, name="reading"),
    path(CRITERION, criterion.criterion, name="criterion"),
    path(CRITERION + "history/", criterion.history, name="criterion_history"),
    path("summary/", review.summary, name="summary"),
    path("questions/", review.ask, name="ask"),
    path("questions/<slug:code>/withdraw/", review.withdraw_question, name="withdraw_question"),
    path("recommendations/", review.recommend, name="recommend"),
    path("recommendations/<slug:code>/withdraw/", review.withdraw_recommendation, name="withdraw_recommendation"),
    path("sample/", review.sample, name="sample"),
    path("close/", ending.close, name="close"),
    path("return/", ending.send_back, name="return"),
]
