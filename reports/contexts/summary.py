"""The summary on one page: what the levels add up to, strengths, gaps, what moved, and what is promised."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.documents import HIGHER, LOWER, SAME, CriterionEntry, SectionEntry
from hallmarks.marks import NO_LEVEL, Label, in_a_sentence
from reports import summing
from reports.contexts import room
from reports.contexts.criteria import SECTION_WIDTH, label_then
from reports.contexts.matter import Matter
from reports.parts import Action, Highlights, Levels, Listed, Moved, Movement, Promises, SectionPart, Summary
from reports.plain_text import shortened

# Letters of a title on two lines, of a section's title, of the place of a criterion, and of names of levels.
LONGEST_TITLE, LONGEST_SECTION, LONGEST_WHERE, LONGEST_LEVEL = 84, 44, 46, 30
MOST_LISTED, MOST_MOVED, MOST_PROMISES = 6, 8, 4
# More levels than this are no scale that anybody rates on; those that follow are not explained one by one.
MOST_LEVELS, SHORT_LEVELS, SHORT_LAWS, SHORT_DESCRIPTOR, MOST_IN_KEY = 12, 9, 4, 170, 8
# Heights in millimetres, of what stands there in any case: the page's head, the profile's head, frames of the other
# blocks; and what is left empty, because letters are only estimated.
HEAD, PROFILE_HEAD, COLUMNS, MOVED, PROMISED, LAW, SLACK = 17.0, 23.0, 17.5, 28.5, 19.5, 36.0, 4.0
# What the profile may take, and the height of a line of the lead, of a key, of text, and of what is beside a title.
PROFILE_ROOM, LEAD_LINE, KEY_LINE, LINE, SMALL_LINE = 92.0, 6.5, 4.7, 4.55, 4.3


def lead(matter: Matter) -> tuple[str, str]:
    """Return the report's finding in a sentence, and what qualifies it."""
    document, entries = matter.document, matter.practice
    scale = summing.main_scale(document, entries)
    gaps = sum(entry.level == scale[0].slug for entry in entries) if scale else 0
    absent = sum(entry.does_not_apply for entry in entries)
    unrated = sum(not entry.level and not entry.does_not_apply for entry in entries)
    parts = [
        ngettext("%(count)s is at %(level)s.", "%(count)s are at %(level)s.", gaps)
        % {"count": gaps, "level": in_a_sentence(scale[0].name) if scale else ""},
        ngettext("%(count)s does not apply here.", "%(count)s do not apply here.", absent) % {"count": absent},
        ngettext("%(count)s is not rated yet.", "%(count)s are not rated yet.", unrated) % {"count": unrated},
    ]
    shown = [part for part, count in zip(parts, (gaps, absent, unrated), strict=True) if count]
    return summing.share(document, entries), " ".join(shown)


def levels(matter: Matter, entries: Sequence[CriterionEntry]) -> Levels:
    """Return the levels that these criteria are rated on, with what they mean."""
    labels, most = summing.labels(matter.document, entries), MOST_LEVELS
    if matter.is_short:
        most = SHORT_LEVELS if entries is matter.practice else SHORT_LAWS
        labels = tuple(Label(*_short(each), shortened(each.descriptor, SHORT_DESCRIPTOR)) for each in labels)
    few = matter.few(labels, most)
    blank = [label for label, _count in summing.counted(matter.document, entries) if label.mark == NO_LEVEL]
    key = tuple(Label(*_short(each)) for each in [*few.kept[:MOST_IN_KEY][::-1], *blank])
    return Levels(few.kept, few.more, key)


def _short(label: Label) -> tuple[str, str]:
    return label.mark, shortened(label.name, LONGEST_LEVEL)


def end_names(matter: Matter) -> tuple[str, str]:
    """Return what the top and the bottom level are called in a sentence; blank where nothing is rated on levels."""
    scale = summing.main_scale(matter.document, matter.practice)
    if not scale:
        return "", ""
    top, bottom = (in_a_sentence(shortened(scale[end].name, LONGEST_LEVEL)) for end in (-1, 0))
    return top, bottom


def statutory_bar(matter: Matter) -> SafeString:
    """Draw how many statutory requirements are met."""
    return summing.bar(matter.document, matter.statutory, _("Statutory requirements"), SECTION_WIDTH)


def summary(matter: Matter, sections: Sequence[SectionPart], actions: Sequence[Action]) -> Summary:
    """Return what the summary page shows: as much of each as fits."""
    strengths, gaps = _listed(matter, from_top=True), _listed(matter, from_top=False)
    moved = _moved(matter)
    (most,) = room.shared(PROFILE_ROOM, [[_row(section) for section in sections]])
    profile = sections[:most]
    pairs, rows, promised = room.shared(
        _room(matter, profile, has_moved=_has_before(matter), has_actions=bool(actions)),
        [
            [max(map(_height, pair)) for pair in zip_longest(strengths[:MOST_LISTED], gaps[:MOST_LISTED])],
            [_moved_height(each) for each in moved[:MOST_MOVED]],
            [_first_height(_first(each)) for each in actions[:MOST_PROMISES]],
        ],
    )
    return Summary(
        sections=tuple(profile),
        more_sections=_more_sections(len(sections) - len(profile)),
        strengths=Highlights(tuple(strengths[:pairs]), len(strengths[pairs:])),
        gaps=Highlights(tuple(gaps[:pairs]), len(gaps[pairs:])),
        movement=_movement(matter, moved, rows),
        promises=_promises(matter, actions, promised),
    )


def _room(matter: Matter, profile: Sequence[SectionPart], *, has_moved: bool, has_actions: bool) -> float:
    keys = [levels(matter, entries).key for entries in (matter.practice, matter.statutory) if entries]
    fixed = [
        HEAD,
        LEAD_LINE * room.lines(" ".join(lead(matter)), 156, 13),
        PROFILE_HEAD,
        sum(map(_row, profile)),
        sum(KEY_LINE * -(-sum(room.width(each.name, 9) + 12 for each in key) // 150) for key in keys),
        COLUMNS,
        MOVED * has_moved,
        PROMISED * has_actions,
        LAW * bool(matter.statutory),
        SLACK,
    ]
    return room.PAGE - sum(fixed)


def _row(section: SectionPart) -> float:
    return 1.5 + 5.12 * room.lines(shortened(section.title, LONGEST_SECTION), 50, 10)


def _moved_height(each: Moved) -> float:
    levels_lines = (room.lines(label.name, 29, 9.5) for label in (each.before, each.now))
    return 1.5 + LINE * max(room.lines(each.title, 73, 9.5), *levels_lines)


def _first_height(action: Action) -> float:
    return 1.5 + LINE * max(room.lines(action.text, 88, 9.5), room.lines(action.owner, 40, 9.5))


def _more_sections(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext(
        "And %(count)s more section: it is summed up where it stands.",
        "And %(count)s more sections: they are summed up where they stand.",
        count,
    ) % {"count": count}


# Strengths and gaps


def _listed(matter: Matter, *, from_top: bool) -> list[Listed]:
    document = matter.document

    def fits(entry: CriterionEntry) -> bool:
        level, steps = document.level_of(entry), document.levels_of(entry.scale)
        return level is not None and level.position == (len(steps) - 1 if from_top else 0)

    sections = {entry.code: section for section in document.sections for entry in section.criteria}
    found = sorted((entry for entry in matter.practice if fits(entry)), key=lambda entry: not entry.is_key)
    return [Listed(shortened(entry.title, LONGEST_TITLE), _where(sections[entry.code], entry)) for entry in found]


def _where(section: SectionEntry, entry: CriterionEntry) -> str:
    place = f"{shortened(section.title, LONGEST_WHERE)} {entry.number}"
    return _("%(place)s, a key criterion") % {"place": place} if entry.is_key else place


def _height(item: Listed | None) -> float:
    if item is None:
        return 0
    return 1.9 + LINE * room.lines(item.title, 72, 9.5) + SMALL_LINE * room.lines(item.where, 72, 9)


# What moved


def _has_before(matter: Matter) -> bool:
    return any(entry.before for entry in matter.document.every_criterion())


def _moved(matter: Matter) -> list[Moved]:
    """Return what went up and what went down in turn, so that both are told of where room is short."""
    up, down = (_went(matter, change) for change in (HIGHER, LOWER))
    return [each for pair in zip_longest(up, down) for each in pair if each]


def _went(matter: Matter, change: str) -> list[Moved]:
    words = {HIGHER: _("Higher"), LOWER: _("Lower")}[change]
    entries = [each for each in matter.document.every_criterion() if each.before and each.before.change == change]
    return [
        Moved(
            title=shortened(entry.title, LONGEST_TITLE),
            before=_brief(label_then(matter.document, entry)),
            now=_brief(summing.label(matter.document, entry)),
            direction=words,
        )
        for entry in sorted(entries, key=lambda entry: not entry.is_key)
    ]


def _brief(label: Label) -> Label:
    return Label(*_short(label))


def _movement(matter: Matter, moved: Sequence[Moved], rows: int) -> Movement | None:
    before = [entry.before for entry in matter.document.every_criterion() if entry.before]
    if not before:
        return None
    listed = sorted(moved[:rows], key=lambda each: each.direction != _("Higher"))
    more = len(moved) - len(listed)
    return Movement(
        before=shortened(before[0].round, LONGEST_WHERE),
        now=shortened(matter.document.round.name, LONGEST_WHERE),
        words=_counts_in_words([entry.change for entry in before], len(matter.practice) + len(matter.statutory)),
        moved=tuple(listed),
        more=_more_moved(matter, more),
    )


def _more_moved(matter: Matter, count: int) -> str:
    if not count:
        return ""
    if matter.is_short:
        words = ngettext(
            "And %(count)s more, in the table of every criterion.",
            "And %(count)s more, in the table of every criterion.",
            count,
        )
    else:
        words = ngettext(
            "And %(count)s more: it is told under the criterion.",
            "And %(count)s more: they are told under each criterion.",
            count,
        )
    return words % {"count": count}


def _counts_in_words(changes: Sequence[str], asked: int) -> str:
    up, down, same = (changes.count(change) for change in (HIGHER, LOWER, SAME))
    apart = asked - up - down - same
    parts = [
        ngettext("%(count)s criterion is higher", "%(count)s criteria are higher", up) % {"count": up},
        ngettext("%(count)s is lower", "%(count)s are lower", down) % {"count": down},
        ngettext("%(count)s is the same", "%(count)s are the same", same) % {"count": same},
    ]
    told = _("%(sentence)s.") % {"sentence": ", ".join(parts)}
    if not apart:
        return told
    rest = ngettext("%(count)s cannot be compared.", "%(count)s cannot be compared.", apart) % {"count": apart}
    return f"{told} {rest}"


# What is promised


def _promises(matter: Matter, actions: Sequence[Action], most: int) -> Promises | None:
    if not actions:
        return None
    parts = [_open(matter, len(actions))]
    if overdue := sum(action.due_on < matter.day for action in matter.document.actions):
        parts.append(_overdue(matter, overdue))
    if 0 < most < len(actions):
        parts.append(_("The first to be due:"))
    return Promises(" ".join(parts), tuple(_first(action) for action in actions[:most]))


def _overdue(matter: Matter, count: int) -> str:
    if matter.is_draft:
        words = ngettext("%(count)s is overdue.", "%(count)s are overdue.", count)
    else:
        words = ngettext("%(count)s was overdue by then.", "%(count)s were overdue by then.", count)
    return words % {"count": count}


def _open(matter: Matter, count: int) -> str:
    if matter.is_draft:
        words = ngettext("%(count)s improvement action is open.", "%(count)s improvement actions are open.", count)
    else:
        words = ngettext("%(count)s improvement action was open.", "%(count)s improvement actions were open.", count)
    return words % {"count": count}


def _first(action: Action) -> Action:
    return replace(action, text=shortened(action.text, LONGEST_TITLE), owner=shortened(action.owner, LONGEST_WHERE))
