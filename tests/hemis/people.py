"""The university's people, as hemis_people wrote them, and what a test has changed since."""
import bisect
import copy
import hashlib
import itertools
import json
import os
import threading
from collections import OrderedDict

KEPT = 2000  # students' records in memory
FIRST_ID = 1000000
ID_ROOM = 10000  # of each student: everything that is his alone has an id in it
UPDATED = 1756684800  # 2025-09-01: the data API's updated_at of who was not touched


class Row:
    """A line of people.tsv."""

    __slots__ = ("number", "offset", "length", "group", "status", "counts", "index")

    def __init__(self, index, line):
        self.number, offset, length, self.group, self.status, *counts = line.rstrip("\n").split("\t")
        self.offset, self.length, self.index = int(offset), int(length), index
        self.counts = tuple(int(count) for count in counts)  # as COUNTED has them


COUNTED = {"results": 0, "averages": 1, "contracts": 2, "absences": 3}


class Student:
    """number, password, profile, parts (assets/demo/README.md), and what HEMIS alone has of somebody."""

    def __init__(self, row, data):
        self.row, self.number, self.password = row, data["number"], data["password"]
        self.profile, self.parts = data["profile"], data["parts"]
        self.updated_at = UPDATED + row.index
        self.touched = 0  # how often; each time something of the record changed
        self.generation = 0  # of tokens; a new password voids all older ones
        serial = int(hashlib.sha256(self.number.encode()).hexdigest()[:12], 16)
        self.passport = "A%s%07d" % ("ABCDE"[serial % 5], serial // 5 % 10000000)
        self.phone = "+99890%07d" % (serial // 7 % 10000000)
        self.email = "talaba%s@example.uz" % self.number

    @property
    def id(self):
        return FIRST_ID + self.row.index

    def own_id(self, kind, n):
        """Of his n-th thing of a kind (0 .. 9): no other student has one of these."""
        return (FIRST_ID + self.row.index) * ID_ROOM + kind * 1000 + n

    @property
    def token(self):
        """A word that stands in his fields and nowhere else: letters alone, so that it passes as part of a name."""
        digest = hashlib.sha256(b"token " + self.number.encode()).digest()
        return "Q" + "".join(chr(ord("a") + byte % 26) for byte in digest[:11])

    def results(self):
        return self.parts.get("results", [])

    def password_is_first(self):
        return self.password == self.passport


class People:
    def __init__(self, folder):
        self.lock = threading.RLock()
        self.file = open(os.path.join(folder, "people.jsonl"), "rb")
        with open(os.path.join(folder, "institution.json"), encoding="utf-8") as text:
            self.institution = json.load(text)
        with open(os.path.join(folder, "people.tsv"), encoding="utf-8") as table:
            self.rows = [Row(index, line) for index, line in enumerate(table)]
        self.by_number = {row.number: row for row in self.rows}
        self.kept = OrderedDict()
        self.changed = {}  # number: Student, those that a test or their owner changed
        self.version = 0  # grows with each change
        self.groups = OrderedDict()  # name: the row of one who is in it
        for row in self.rows:
            self.groups.setdefault(row.group, row)
        # How many of a thing there are up to and with each row.
        self.ends = {what: list(itertools.accumulate(row.counts[n] for row in self.rows)) for what, n in COUNTED.items()}
        self.pinfls = None  # PINFL: row, once somebody asks

    def read(self, row):
        with self.lock:
            self.file.seek(row.offset)
            line = self.file.read(row.length)
        return Student(row, json.loads(line))

    def at(self, index):
        return self.find(self.rows[index].number)

    def find(self, number):
        """None: there is nobody."""
        row = self.by_number.get(number)
        if row is None:
            return None
        with self.lock:
            if number in self.changed:
                return self.changed[number]
            student = self.kept.pop(number, None) or self.read(row)
            self.kept[number] = student
            if len(self.kept) > KEPT:
                self.kept.popitem(last=False)
            return student

    def change(self, number, change, now):
        """Calls change with a copy of the student, which is everybody's from then on; False: there is nobody."""
        with self.lock:
            student = self.find(number)
            if student is None:
                return False
            student = copy.deepcopy(student)
            change(student)
            student.updated_at = now
            self.changed[number] = student
            self.kept.pop(number, None)
            self.version += 1
            return True

    def at_place(self, what, position):
        """Row, and place among its own, of the position-th thing of all."""
        index = bisect.bisect_right(self.ends[what], position)
        return self.rows[index], position - (self.ends[what][index - 1] if index else 0)

    def how_many(self, what):
        return self.ends[what][-1] if self.rows else 0

    def updated(self, row):
        """When something of somebody changed last."""
        student = self.changed.get(row.number)
        return student.updated_at if student else UPDATED + row.index

    def with_pinfl(self, pinfl):
        with self.lock:
            if self.pinfls is None:
                self.pinfls = {self.read(row).profile.get("pinfl"): row for row in self.rows}
        row = self.pinfls.get(pinfl) if pinfl else None
        return self.find(row.number) if row else None
