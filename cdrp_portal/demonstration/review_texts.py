"""Made-up sentences for reviews: what a reviewer sees, asks and recommends, and what partnerships reply."""

SAME = (
    "The reason and the evidence say the same.",
    "We saw this on a visit to the group that leads it.",
    "The signs in place bear the level out.",
    "Agreed. Last year's review saw it the same way.",
)
LOWER = (
    "The reason tells what is planned more than what is done, so we see it one level lower.",
    "Two of the signs are not in place, and nothing shows that the others are used.",
    "It works in one part of the area only. Show us the rest and we will gladly look again.",
    "The evidence is older than the year that this round is about.",
    "One agency does this well. We could not see it in the others.",
)
HIGHER = (
    "You are stricter with yourselves than you need be: the signs show more than the level says.",
    "The evidence shows regular use in every agency, so we see it one level higher.",
    "What you describe as begun is already normal practice, as your own figures show.",
)
DOES_NOT_APPLY = ("Agreed: this does not apply here.",)

# Each with the reply that fits it.
QUESTIONS = (
    (
        "How do you know that this works in every part of the area?",
        "The delivery group looks at it ward by ward each quarter; the note of its last meeting can be seen at the "
        "council's office.",
    ),
    (
        "Which agency leads this, and who stands in for it?",
        "The council leads it, and the police stand in. Both posts are filled until the end of next year.",
    ),
    (
        "When was this last looked at, and what changed afterwards?",
        "It was looked at in the autumn. Two steps were added, and one that nobody used was dropped.",
    ),
    (
        "What would you show somebody who doubts the level?",
        "We asked three teams before we chose it. Two said this level, and one said the level below; their notes are "
        "kept.",
    ),
    (
        "The reason names a plan. Has the plan been agreed, and by whom?",
        "It has been agreed by all agencies but one, which decides at its next meeting.",
    ),
    (
        "Which of the signs do you expect to be in place by next year?",
        "We expect two more by the summer. The third depends on a post that is not filled yet.",
    ),
)
QUESTIONS_ON_THE_WHOLE = (
    (
        "Which two of the gaps will you close first, and why those?",
        "Sharing of figures and the training of new members: most of the other gaps follow from these two.",
    ),
    (
        "Who was in the room when these ratings were agreed?",
        "All agencies but one, which sent its ratings in writing a week before.",
    ),
)
RECOMMENDATIONS = (
    "Name one agency that answers for this, and a deputy",
    "Show the figures of each neighbourhood beside those of the whole area",
    "Ask the front line once a year whether this works, and tell the group what they said",
    "Write down what is done now, so that it outlives the post that does it",
    "Visit a partnership in the same family group that does this well",
    "Set a day by which the remaining signs are in place, and look at it each quarter",
)
OVERALL = {
    "agreed": "We see nearly every criterion as you do. Your reasons are short and honest, and the evidence bears "
    "them out.",
    "lower": "We see several criteria one level lower than you do. In most of them the reason tells of plans, and "
    "we looked for what is done.",
    "mixed": "We agree on most criteria. Where we do not, the reason stands beside our level.",
}
CLOSING = (
    "Next year we would like to see more evidence for the key criteria.",
    "Thank you for rating low where things are low: it makes the improvement actions worth having.",
    "The improvement actions are the right ones. We will ask about them in the spring.",
    "We would be glad if others in the region could learn from how your agencies agree their ratings.",
)
RETURN_REASON = (
    "Six of the reasons are the same sentence, and none of them says what was done in this round. Please say for each "
    "what you did and how you know, and attach what you have for the criteria that were drawn. The other answers are "
    "clear, and what we said of them stays."
)
