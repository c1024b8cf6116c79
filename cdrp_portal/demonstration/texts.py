"""Made-up sentences for reasons and evidence: plain, about nobody, and the same at every run."""

import random
from dataclasses import dataclass

from django.utils.text import slugify

EXAMPLE_SITE = "https://www.example.org/demonstration/"
LONG_REASON_SHARE = 0.7

OPENINGS = {
    0: (
        "We know that this is missing and have not agreed how to put it right.",
        "This happens by chance only, when somebody remembers to raise it.",
        "Nobody is responsible for this at present, and last year's plan did not mention it.",
        "We found nothing on paper to show that this is done.",
        "It was tried once and lapsed when the post that held it was left empty.",
        "Each partner does something of its own, and nothing joins it up.",
        "It was put off twice last year because other work came first.",
        "We talked about it and found that partners mean different things by it.",
    ),
    1: (
        "Work has been agreed and has a lead officer, but it began only this spring.",
        "A first version has been agreed and two partners are trying it out.",
        "There is a written plan for this; the first step is done and the others are not.",
        "One team does this well. It has not yet spread to the others.",
        "The group responsible has met twice and has not yet got results to show.",
        "The forms and the training are ready, and use of them is still patchy.",
        "We have begun, later than we had planned, and it is too soon to say whether it helps.",
        "A pilot in one neighbourhood has started; nothing has been decided yet about the rest.",
        "The delivery group took this on in the autumn and reports on it at each meeting.",
        "Three of the steps agreed last year have been taken, and two are late.",
    ),
    2: (
        "This is in regular use, and the last two reviews showed that it works.",
        "Most partners do this as a matter of course, and the records bear it out.",
        "It has been in place for two years, and the partners we asked find it useful.",
        "It works in the two largest wards and is thinner in the rural part of the area.",
        "The procedure is followed, and we can point to decisions that came out of it.",
        "There is good evidence for this from three of the five partners.",
        "We do this every quarter, and missed one quarter in the last two years.",
        "The written procedure matches what people do, as a check in the spring showed.",
        "What we set out to do has been done; what we have seen so far is encouraging.",
        "It is done well for the main priorities and less well for the smaller ones.",
    ),
    3: (
        "This is normal practice for every partner, and it is reviewed each year.",
        "All partners do this without being asked, and an outside review agreed that it works.",
        "It is built into how we work: new staff learn it in their first month.",
        "The evidence covers the whole area and the whole year, and it points the same way.",
        "The partnership would notice within a month if this stopped, and has the figures to show it.",
    ),
}

# Neutral about the level, so that any of them may follow any opening.
DETAILS = {
    "LEAD": (
        "The strategy group looked at it at two of its four meetings.",
        "The council and the police take turns to chair the group.",
        "Members were asked about it in the autumn, and most of them answered.",
        "The terms of reference were last read through in the summer.",
        "Decisions are listed after each meeting and sent to every partner.",
        "The chair changes every second year.",
        "Apologies were few: four in five seats were filled at each meeting.",
    ),
    "AUDIT": (
        "The audit drew on police, fire and council records for three years.",
        "One analyst serves the partnership for three days a week.",
        "Health data arrives once a year, and later than the rest.",
        "Each priority has a page in the plan with its measure and its owner.",
        "We compared the maps with those of the last audit.",
        "The sources are named in an appendix.",
        "Two summers were compared, since the figures rise in August.",
        "The delivery groups read a draft and sent back about thirty remarks.",
    ),
    "PEOPLE": (
        "New members get a short introduction and a list of who does what.",
        "Training needs were last collected a year ago.",
        "The voluntary sector has two seats on the delivery groups.",
        "Partners spent a day with each other's front-line teams.",
        "Each delivery group wrote down what it expects of its members.",
        "A third of the members joined within the last two years.",
    ),
    "RES": (
        "The council and the police force each pay for one post.",
        "The budget is set out by priority and goes to the strategy group every quarter.",
        "About a third of the money still comes from grants that end within two years.",
        "Time given by partners is counted as well as money.",
        "Each project closes with a page on what it cost and what came of it.",
    ),
    "PROC": (
        "The protocol is on two sides of paper, and every partner holds a copy.",
        "The tasking group meets every two weeks.",
        "The performance page was redrawn last year and is now easier to read.",
        "The council's committees ask about Section 17 in their report form.",
        "Residents' panels meet in each of the four neighbourhoods.",
        "The delivery groups report in the same form.",
        "The last three projects were written up on one page each.",
    ),
    "PPR": (
        "Officers were asked in a short survey, and four in five answered.",
        "Supervision is arranged by the employing agency.",
        "The partnership has no training budget of its own.",
        "Partners were asked what they would lose if the work stopped.",
        "The results were read out at the spring meeting.",
    ),
    "FOCUS": (
        "The figures are looked at by priority and by neighbourhood.",
        "Repeat calls are counted for the two largest kinds of offence.",
        "The groups are small, so the figures move a good deal from year to year.",
        "What was found went back to the groups that had been asked.",
        "The area covered is the same as in the last plan.",
    ),
    "COMM": (
        "Questions about the partnership are part of the council's yearly survey.",
        "A newsletter goes to every household twice a year.",
        "Neighbourhood meetings were held in six places, one of them in the daytime.",
        "About forty volunteers take part in one project or another.",
        "Leaflets were tried in four languages.",
    ),
    "KPR": (
        "Progress is shown against each target with a colour and a sentence.",
        "The quarterly report reaches the strategy group three weeks after the quarter ends.",
        "The yearly report is four pages and is on the council's pages.",
        "Two projects were stopped during the year, and one was begun again in another form.",
        "Good news goes to the local papers through the council's press desk.",
    ),
}

CLOSINGS = {
    0: (
        "It goes into next year's plan as a task for the strategy group.",
        "We mean to ask a neighbouring partnership how it began.",
        "We will name somebody to take it on by the summer.",
    ),
    1: (
        "We expect the first results by the end of the year.",
        "The next step is to bring the other partners in.",
        "We will look at it again in six months.",
        "What holds us back is time rather than will.",
    ),
    2: (
        "Two partners are not yet part of it.",
        "We want another year of figures before we say more.",
        "The next step is to do it everywhere and not in the easier places only.",
        "It still rests on a few people.",
    ),
    3: (
        "We check it every year so that it stays so.",
        "We have shown other partnerships how we do it.",
        "The review named one small improvement, which has been made.",
    ),
}

NOT_APPLYING = {
    "RES.3": "No action in the present strategy depends on external funding.",
    "PEOPLE.6": "The county bids on behalf of its districts, so this partnership makes no bids of its own.",
    "FOCUS.2": "The present strategy covers the area as a whole and sets no focus areas.",
}
DOES_NOT_ARISE = "This does not arise here: the work is done for us by the county partnership."

DOCUMENTS = {
    "LEAD": ("Terms of reference of the strategy group", "Minutes of the strategy group"),
    "AUDIT": ("Summary of the audit", "Action plans by priority"),
    "PEOPLE": ("Who does what: list of posts", "Training needs, last collection"),
    "RES": ("Budget by priority", "Agreement on posts and money"),
    "PROC": ("Information sharing protocol", "Performance page, last quarter"),
    "PPR": ("Officers' survey, summary", "Partners' survey, summary"),
    "FOCUS": ("Figures by neighbourhood", "Repeat calls, yearly table"),
    "COMM": ("Residents' survey, results", "Notes of the neighbourhood meetings"),
    "KPR": ("Quarterly report", "Yearly report"),
}
ANY_DOCUMENT = ("Minutes of the delivery group",)


@dataclass(frozen=True)
class Link:
    """A made-up piece of evidence: its title and an address that belongs to nobody."""

    title: str
    address: str


class Dealer:
    """Deals sentences out so that one assessment repeats none before all of a kind have been used."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.left: dict[tuple[str, ...], list[str]] = {}

    def deal(self, pool: tuple[str, ...]) -> str:
        """Return a sentence of the pool that is not used up."""
        left = self.left.setdefault(pool, [])
        if not left:
            left.extend(self.chance.sample(pool, len(pool)))
        return left.pop()

    def reason(self, section: str, level: int) -> str:
        """Return two or three sentences that say why a partnership chose this level; levels count from 0."""
        sentences = [self.deal(OPENINGS[level]), self.deal(DETAILS.get(section, DETAILS["LEAD"]))]
        if self.chance.random() < LONG_REASON_SHARE:
            sentences.append(self.deal(CLOSINGS[level]))
        return " ".join(sentences)

    def link(self, section: str) -> Link:
        """Return a document that might show what a rating says."""
        title = self.deal(DOCUMENTS.get(section, ANY_DOCUMENT))
        return Link(f"{title} (demonstration)", EXAMPLE_SITE + slugify(title))


def reason_not_applying(code: str) -> str:
    """Return why a criterion does not apply to a partnership."""
    return NOT_APPLYING.get(code, DOES_NOT_ARISE)


COMMENTS = {
    0: (
        "I have not seen this happen in my part of the area.",
        "We talk about it and nothing follows.",
        "Nobody has asked my team for this.",
    ),
    1: (
        "It has begun, and my colleagues have hardly noticed yet.",
        "The plan is good; the people to do it are missing.",
        "It works when one person is there, and not otherwise.",
    ),
    2: (
        "It works most of the time, less so at weekends.",
        "We can show figures for it, for one part of the area.",
        "Good between two agencies. The others are still outside.",
    ),
    3: (
        "We do this everywhere, and we look at it every quarter.",
        "Others have come to see how we do it.",
        "I could show this to anybody tomorrow.",
    ),
}
