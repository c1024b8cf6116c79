"""Addresses of improvement actions: they belong to a partnership, not to a round."""

from django.urls import path

from assessments.views import action_files, actions

ACTIONS = "actions/<slug:partnership>/"
ACTION = ACTIONS + "<slug:code>/"

urlpatterns = [
    path(ACTIONS, actions.action_list, name="actions"),
    path(ACTIONS + "actions.csv", action_files.actions, {"form": "csv"}, name="actions_csv"),
    path(ACTIONS + "actions.xlsx", action_files.actions, {"form": "xlsx"}, name="actions_xlsx"),
    path(ACTIONS + "new/", actions.action_new, name="action_new"),
    path(ACTION, actions.action, name="action"),
    path(ACTION + "edit/", actions.action_edit, name="action_edit"),
    path(ACTION + "done/", actions.action_done, name="action_done"),
    path(ACTION + "drop/", actions.action_drop, name="action_drop"),
    path(ACTION + "reopen/", actions.action_reopen, name="action_reopen"),
]
