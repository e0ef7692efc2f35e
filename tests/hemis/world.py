"""All of one stand-in: its people, clock, limits, faults, what it counts, and which function answers what."""
import copy
import secrets
import sys
import threading
import time
import traceback

import account
import bulk
import papers
import public
import study
from faults import Faults
from limits import Clock, LoginLimits, Rate
from people import People
from shapes import View, mark
from wire import failed, ok

PREFIX = "/rest"


class World:
    def __init__(self, folder, reading, faults, seed, marked, rate, data_token, log):
        self.folder, self.reading, self.marked = folder, reading, marked
        self.people, self.clock = People(folder), Clock()
        self.limits, self.rate, self.faults = LoginLimits(self.clock), Rate(rate), Faults(faults, seed)
        self.tokens, self.data_token = account.Tokens(self), data_token or secrets.token_hex(20)
        self.client = {"id": "7", "secret": secrets.token_hex(16), "redirect": []}
        self.lock, self.counted, self.paths = threading.Lock(), {}, {}
        self.references = {}  # number: what reference-generate made, oldest first
        self.mistakes = []
        self.kept_choice = None  # bulk.chosen's
        self.log = open(log, "a", encoding="utf-8") if log else None
        self.public, self.students, self.data = routes()

    # --- what it saw -----------------------------------------------------------------------------------------------------

    def count(self, what):
        with self.lock:
            self.counted[what] = self.counted.get(what, 0) + 1

    def note(self, request, reply):
        """A line a request, without tokens, passwords or names."""
        path = request.path[len(PREFIX):] if request.path.startswith(PREFIX + "/") else request.path
        with self.lock:
            row = self.paths.setdefault("%s %s" % (request.method, path), {})
            row[str(reply.status)] = row.get(str(reply.status), 0) + 1
            if self.log:
                self.log.write("%.3f %s %s %d %s\n" % (time.time(), request.method, path, reply.status,
                                                       request.student.number if request.student else "-"))
                self.log.flush()

    def wrong(self):
        """A mistake of our own: the test that reads `counts` must fail of it."""
        kind, value, _ = sys.exc_info()
        text = "".join(traceback.format_exception_only(kind, value)).strip()
        with self.lock:
            self.mistakes.append(text)
        traceback.print_exc()

    def counts(self):
        with self.lock:
            return {"paths": self.paths, "login": self.limits.counts, "references": {key: len(made) for key, made in self.references.items()},
                    "faults": self.faults.hits, "over_rate": self.rate.refused, "mistakes": self.mistakes, **self.counted}

    def forget_counts(self):
        with self.lock:
            self.counted, self.paths, self.faults.hits, self.rate.refused = {}, {}, {}, 0
        self.limits.forget_counts()

    # --- answers ---------------------------------------------------------------------------------------------------------

    def view(self, request):
        return View(self, request.base, request.query.get("l", ""))

    def answer(self, request, connection):
        whole = request.path
        path = whole[len(PREFIX):] if whole.startswith(PREFIX + "/") else whole
        request.path = path
        spoiled = self.faults.before(request, connection)
        request.path = whole
        if spoiled is not None:
            return spoiled
        try:
            reply = self.route(request, path)
        except Exception:  # HEMIS says 500 and goes on; whoever tests sees it in `counts`
            self.wrong()
            reply = failed(500, "Internal Server Error")
        if self.marked and request.student and reply.payload:
            reply.payload = copy.deepcopy(reply.payload)  # parts of it are everybody's
            mark(reply.payload.get("data"), request.student.token)
        return self.faults.after(path, reply)

    def route(self, request, path):
        if path.startswith("/v1/data/"):
            return self.of_data(request, path[len("/v1/data/"):])
        if path in self.public:
            methods, function = self.public[path]
            return function(self, request) if request.method in methods else failed(405)
        if path.startswith("/static/crop/"):
            return account.photo(self, request)
        if path in self.students:
            methods, function = self.students[path]
            return self.of_student(request, function) if request.method in methods else failed(405)
        return failed(404, "Page not found.")

    def of_student(self, request, function):
        student = self.tokens.whose(request.bearer())
        if not student:
            return failed(401)
        if self.faults.take("another-student", request.path[len(PREFIX):]) is not None:
            student = self.people.at((student.row.index + 1) % len(self.people.rows))
        request.student = student
        reply = function(self, request, student)
        missing = reply.status in (400, 404) and self.reading == "b"
        if missing:  # b: the code stands in the envelope alone
            reply.status = 200
        elif reply.status == 200 and reply.payload and function is not papers.reference_generate:
            reply.modified = student.updated_at
        return reply

    def of_data(self, request, name):
        if not secrets.compare_digest(request.bearer().encode(), self.data_token.encode()):
            return failed(401)
        if request.headers.get("Origin") or request.headers.get("Sec-Fetch-Mode"):
            return failed(403)  # S1: refused to browsers
        if not self.rate.take(request.address):
            return failed(429)
        if name not in self.data or request.method != "GET":
            return failed(404, "Page not found.")
        return self.data[name](self, request)


def viewed(function):
    """A student's route of a function of View and Student."""
    return lambda world, request, student: ok(function(world.view(request), student))


def routes():
    get, post = ("GET", "HEAD"), ("POST",)
    without_token = {
        "/v1/auth/login": (post, account.login),
        "/v1/auth/refresh-token": (post, account.refresh_token),
        "/oauth/authorize": (("GET", "POST"), account.authorize),
        "/oauth/access-token": (post, account.access_token),
        "/oauth/api/user": (get, account.oauth_user),
        "/v1/public/university-list": (get, public.university_list),
        "/v1/public/university-api-urls": (get, public.university_list),
        "/v1/public/university-profile": (get, public.university_profile),
    }
    students = {
        "/v1/account/me": (get, viewed(account.me)),
        "/v1/account/refresh": (get, account.refresh_me),
        "/v1/account/update": (post, account.update),
        "/v1/education/semesters": (get, viewed(study.semesters)),
        "/v1/education/schedule": (get, study.schedule),
        "/v1/education/subjects": (get, study.subjects),
        "/v1/education/subject-list": (get, study.subject_list),
        "/v1/education/subject": (get, study.one_subject),
        "/v1/education/performance": (get, study.performance),
        "/v1/education/attendance": (get, study.attendance),
        "/v1/education/exam-table": (get, study.exam_table),
        "/v1/education/gpa-list": (get, study.gpa_list),
        "/v1/education/grade-type-list": (get, study.grade_type_list),
        "/v1/student/decree": (get, viewed(papers.decrees)),
        "/v1/student/document": (get, viewed(papers.documents)),
        "/v1/student/document-all": (get, viewed(papers.document_all)),
        "/v1/student/reference": (get, viewed(papers.reference_items)),
        "/v1/student/reference-generate": (("GET",), papers.reference_generate),
        "/v1/student/reference-download": (get, papers.reference_download),
        "/v1/student/document-download": (get, papers.document_download),
        "/v1/student/decree-download": (get, papers.decree_download),
        "/v1/student/contract": (get, papers.student_contract),
        "/v1/student/contract-list": (get, viewed(papers.contract_list)),
        "/v1/student/contract-download": (get, papers.contract_download),
    }
    return without_token, students, bulk.ROUTES
