"""Made-up sentences for improvement actions: what will be done, how it goes and why it ended; plain, about nobody."""

PROMISES = {
    "LEAD": (
        "Agree the terms of reference of the strategy group and sign them off in each agency",
        "Send a named deputy to every meeting that the chief officer cannot attend",
        "Put the partnership's priorities on one page and give it to every front-line team",
        "Set a yearly day on which all leaders visit each other's front-line teams",
    ),
    "AUDIT": (
        "Add ambulance and accident and emergency figures to the yearly audit",
        "Ask residents of each neighbourhood which problems matter most before the audit is written",
        "Compare this year's audit with that of a partnership in the same family group",
        "Write down for each priority what will be measured, how often and by whom",
    ),
    "PEOPLE": (
        "Hold an induction morning for new members twice a year",
        "Ask each delivery group what training it needs and book the first two courses",
        "Offer two seats on each delivery group to voluntary organisations",
        "List who does what in each agency, with a deputy for every post",
    ),
    "RES": (
        "Set out the budget by priority and report on it every quarter",
        "Agree how two posts will be paid for once the grant ends",
        "Count staff time given by each agency for one year",
    ),
    "PROC": (
        "Sign the information sharing protocol again with every agency and name a contact in each",
        "Bring the tasking group's page of figures down to two sides that everybody can read",
        "Test the referral form with four teams and put right what they found",
        "Write up each project on one page within a month of its end",
    ),
    "PPR": (
        "Ask partners in a short survey what they would lose if the work stopped",
        "Report the officers' survey to the strategy group with three proposals",
    ),
    "FOCUS": (
        "Count repeat calls by address every month and give the list to neighbourhood teams",
        "Choose two streets in each focus area and measure them before and after the work",
        "Report the figures of each focus area beside those of the area as a whole",
    ),
    "COMM": (
        "Hold two neighbourhood meetings at times when people who work can come",
        "Put three questions about the partnership into the residents' survey",
        "Tell people in each neighbourhood what was done about what they asked for",
    ),
    "KPR": (
        "Bring the quarterly report to the strategy group within two weeks of the quarter's end",
        "Give each target an owner who explains it when it is missed",
        "Look at the three targets that were missed two years running and change or drop them",
    ),
}

NOTES = (
    "First meeting held; the next step is a draft for the delivery groups.",
    "Half of the agencies have answered, and the others have been reminded.",
    "The draft was read by the delivery groups, and their remarks are worked in.",
    "Waiting for figures from one agency; everything else is ready.",
    "A small trial went well and will be run in two more places.",
    "The lead officer changed; the work goes on with the same dates.",
)
OUTCOMES = (
    "In use since then, and on the agenda of every quarterly meeting.",
    "Every agency has signed it.",
    "",
    "Finished, and the group looks at it again in a year.",
    "",
)
REASONS_TO_DROP = (
    "The county does this for all of its districts from now on.",
    "Another action covers it.",
    "The grant that would have paid for it was not renewed.",
)
