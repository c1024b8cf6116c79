"""The Beacon criteria changed in every way that a new edition may change them."""

import json
from typing import Any

from tests.hallmarks.files import BEACON

SET = ["beacon", "round-6"]
Row = dict[str, Any]


class Edition:
    """Round 6, made of round 5; each method changes one thing as an editor would."""

    def __init__(self) -> None:
        self.rows: list[Row] = json.loads(BEACON.decode().replace('"round-5"', '"round-6"'))
        self.one("version").update(title="Beacon criteria, round 6", in_force_from="2027-04-01")

    def one(self, model: str, **known: Any) -> Row:
        found = (row["fields"] for row in self.rows if row["model"] == f"hallmarks.{model}")
        return next(fields for fields in found if all(fields[name] == value for name, value in known.items()))

    def criterion(self, code: str) -> Row:
        return self.one("criterion", code=code)

    def signs(self, code: str) -> list[Row]:
        rows = (row for row in self.rows if row["model"] == "hallmarks.indicator")
        return [row for row in rows if row["fields"]["criterion"][-1] == code]

    def add_sign(self, code: str, number: int, text: str) -> None:
        fields = {"criterion": [*SET, code], "number": number, "text": text}
        self.rows.append({"model": "hallmarks.indicator", "fields": fields})

    def add(self, like: str, code: str, number: int, **more: Any) -> None:
        fields = {**self.criterion(like), "code": code, "number": number, "lineage": f"new-{number}", **more}
        self.rows.append({"model": "hallmarks.criterion", "fields": fields})

    def drop(self, code: str) -> None:
        signs, gone = self.signs(code), self.criterion(code)
        self.rows = [row for row in self.rows if row["fields"] is not gone and row not in signs]

    def recode(self, code: str, to: str, number: int) -> None:
        for sign in self.signs(code):
            sign["fields"]["criterion"] = [*SET, to]
        self.criterion(code).update(code=to, number=number)

    def drop_and_close_up(self, code: str, last: int) -> None:
        """Drop one, and let the codes of those after it follow."""
        stem, number = code.split(".")
        self.drop(code)
        for following in range(int(number) + 1, last + 1):
            self.recode(f"{stem}.{following}", f"{stem}.{following - 1}", following - 1)

    def swap(self, one: str, other: str) -> None:
        numbers = [self.criterion(code)["number"] for code in (one, other)]
        self.recode(one, "SWAP", 99)
        self.recode(other, one, numbers[0])
        self.recode("SWAP", other, numbers[1])

    def move(self, code: str, section: str, to: str, number: int) -> None:
        self.criterion(code)["section"] = [*SET, section]
        self.recode(code, to, number)

    @property
    def data(self) -> bytes:
        return json.dumps(self.rows).encode()


def round_six() -> Edition:
    """Everything at once."""
    made = Edition()
    made.criterion("LEAD.1")["text"] = "The partnership has good leaders, who set its direction every day."
    first, *_others, last = made.signs("LEAD.1")
    first["fields"]["text"] = "It is plain who leads the partnership, and every partner has agreed to it."
    made.rows.remove(last)
    made.add_sign("LEAD.1", 9, "Somebody asks each year whether the leaders are the right ones.")
    made.criterion("LEAD.2").update(is_key=not made.criterion("LEAD.2")["is_key"], nation="england", tier="two-tier")
    made.criterion("LEAD.3").update(in_force_from="2027-10-01", source="Another source", guidance="Attach a list.")
    made.criterion("LEAD.4")["official_text"] = "The publisher says it in this way."
    made.add(
        "LEAD.7", "LEAD.8", 8, title="Leaders answer for the plan", text="Somebody answers for each part of the plan."
    )
    made.drop_and_close_up("AUDIT.2", 8)
    made.move("PEOPLE.6", "RES", "RES.6", 6)
    made.swap("PROC.1", "PROC.2")
    made.drop("KPR.4")
    made.one("section", code="COMM")["title"] = "Results for communities"
    made.one("level", slug="gap_identified")["name"] = "Gap found"
    made.one("level", slug="some_success")["descriptor"] = "It is in regular use, and there is evidence that it works."
    return made
