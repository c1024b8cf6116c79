"""What a move of an open round does to each row that names a criterion, a level or a sign: a rule for every one.

Whoever adds such a key adds its rule here; a test says so (tests/assessments/test_move_rules.py).
"""

from collections.abc import Mapping

# Goes to the heir by lineage (a level by its slug, a sign by its words), or stays without a home.
FOLLOWS: Mapping[str, str] = {
    "assessments.rating.criterion": "To the heir; to confirm where that asks something else.",
    "assessments.rating.level": "To the level of the same name; where there is none, a level is to be chosen.",
    "assessments.indicatoranswer.indicator": "To the sign with the same words; else it stays, and is not counted.",
    "assessments.decision.level": "With its rating; a level that is gone stays the one that the meeting agreed.",
    "assessments.view.criterion": "To the heir, revealed or not, if the new scale has its level.",
    "assessments.view.level": "With its criterion.",
    "assessments.surveycount.criterion": "To the heir, all sums of a criterion together or none.",
    "assessments.surveycount.level": "With its criterion.",
    "assessments.improvementaction.criterion": "To the heir, as the rating that gave rise to it.",
}
# Stays as it is, whatever the round asks.
STAYS: Mapping[str, str] = {
    "assessments.latedraft.criterion": "It holds what was typed to the words of then, and counts nowhere.",
    "assessments.submittedrating.criterion": "A submission never changes.",
    "assessments.submittedrating.level": "A submission never changes.",
    "assessments.reviewedrating.criterion": "A closed review never changes.",
    "assessments.reviewedrating.level": "A closed review never changes.",
    "reviews.reviewerrating.criterion": "It is about a submission, which keeps its criteria.",
    "reviews.reviewerrating.level": "It is about a submission, which keeps its criteria.",
    "reviews.query.criterion": "It is about a submission, which keeps its criteria.",
    "reviews.recommendation.criterion": "It is about a submission, which keeps its criteria.",
    "reviews.sampledcriterion.criterion": "It is about a submission, which keeps its criteria.",
    "casestudies.casestudy_criteria.criterion": "A case study is found by lineage, in whichever round.",
    "casestudies.searchentry_criteria.criterion": "What the search looks through goes by lineage, as case studies do.",
    "casestudies.enquiry.criterion": "A question stays about the words it was asked of.",
    "hallmarks.indicator.criterion": "A published version never changes.",
}
