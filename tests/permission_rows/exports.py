"""Who may take what away: whoever may open the page that it is taken from."""

from tests.permissions import Row, statuses

ROUND = {"round": "2026"}
CRITERION = {"round": "2026", "code": "LEAD.1"}
MEMBERS = {"coordinator": 200, "officer": 200, "viewer": 200, "colleague": 200}
COMPARERS = statuses(404, **MEMBERS, neighbour=200, reviewer=200, reviewer_elsewhere=200, administrator=200)
OWN = statuses(404, **MEMBERS)
OFFICE = statuses(404, reviewer=200, administrator=200)
OFFICES = statuses(404, reviewer=200, reviewer_elsewhere=200, administrator=200)
OWN_AND_OFFICE = statuses(404, **MEMBERS, reviewer=200, administrator=200)
REGION = {"region": "east-midlands", "round": "2027"}
ACTIONS = {"partnership": "amber-valley"}
REVIEW = {"region": "east-midlands", "round": "2026", "partnership": "amber-valley"}
QUESTIONS = {"round": "2025", "partnership": "amber-valley"}

ROWS = {
    "reports:region_heat_xlsx": Row({"round": "2026", "region": "east-midlands"}, get=OFFICE),
    "reports:nation_heat_xlsx": Row(ROUND, get=COMPARERS),
    "reports:strengths_csv": Row(ROUND, get=COMPARERS),
    "reports:strengths_xlsx": Row(ROUND, get=COMPARERS),
    "reports:calibration_csv": Row(ROUND, get=OFFICES),
    "reports:calibration_xlsx": Row(ROUND, get=OFFICES),
    "reports:crime_csv": Row(ROUND, get=COMPARERS),
    "reports:crime_xlsx": Row(ROUND, get=COMPARERS),
    "reports:crime_over_time_csv": Row(ACTIONS, get=OWN_AND_OFFICE),
    "reports:crime_over_time_xlsx": Row(ACTIONS, get=OWN_AND_OFFICE),
    "reviews:submission_csv": Row(REVIEW, get=OFFICE),
    "reviews:submission_xlsx": Row(REVIEW, get=OFFICE),
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
