"""Who may take what away: whoever may open the page that it is taken from."""

from tests.permissions import Row, statuses

ROUND = {"round": "2026"}
CRITERION = {"round": "2026", "code": "LEAD.1"}
MEMBERS = {"coordinator": 200, "officer": 200, "viewer": 200, "colleague": 200}
COMPARERS = statuses(404, **MEMBERS, neighbour=200, reviewer=200, reviewer_elsewhere=200, administrator=200)
OWN = statuses(404, **MEMBERS)
OFFICE = statuses(404, reviewer=200, administrator=200)
REGION = {"region": "east-midlands", "round": "2027"}
ACTIONS = {"partnership": "amber-valley"}
QUESTIONS = {"round": "2025", "partnership": "amber-valley"}

ROWS = {
    "reports:region_heat_xlsx": Row({"round": "2026", "region": "east-midlands"}, get=OFFICE),
    "reports:nation_heat_xlsx": Row(ROUND, get=COMPARERS),
    "reports:compare_xlsx": Row(ROUND, get=COMPARERS),
    "reports:compare_svg": Row(ROUND, get=COMPARERS),
    "reports:package": Row(ROUND, get=COMPARERS),
    "reports:criterion_csv": Row(CRITERION, get=COMPARERS),
    "reports:criterion_xlsx": Row(CRITERION, get=COMPARERS),
    "reports:strip_svg": Row(CRITERION, get=COMPARERS),
    "reports:trend_svg": Row(CRITERION, get=COMPARERS),
    "reviews:region_xlsx": Row(REGION, get=OFFICE),
    "reviews:questions_csv": Row(QUESTIONS, get=OWN),
    "reviews:questions_xlsx": Row(QUESTIONS, get=OWN),
    "assessments:actions_csv": Row(ACTIONS, get=OWN),
    "assessments:actions_xlsx": Row(ACTIONS, get=OWN),
}
