#!/usr/bin/env python3
"""Server time of the console's pages over few rows and over many: console_bench.py BUILD WORK JOBS APPLICATIONS.

Two offices of the same students serve side by side, and each page is asked for in turn of both over connections that stay open, so that what else the
machine does falls on both alike.  Told are medians, and what the many rows cost: times of the few.  Nothing fails by time."""
import http.client
import os
import ssl
import statistics
import subprocess
import sys
import time

import staff

TIMES = 15
FEW = (100, 40)
STUDENTS = 2000
PAGES = [
    ("print queue", "front-office", "/office/prints"), ("print queue, what is over", "front-office", "/office/prints?state=over"),
    ("print queue, oldest first", "front-office", "/office/prints?sort=oldest"), ("print queue, of a kiosk", "front-office", "/office/prints?printer=A-2"),
    ("applications", "back-office", "/office/requests"), ("applications, of a service", "back-office", "/office/requests?service=name-correction"),
    ("applications, what is over", "back-office", "/office/requests?list=over"), ("students, by a name", "back-office", "/office/students?q=karim"),
    ("a student", "back-office", "/office/students/401241100873"),
    ("windows", "front-office", "/office/hall"), ("printers", "front-office", "/office/printers"), ("blanks", "front-office", "/office/blanks"),
    ("statistics, 7 days", "auditor", "/office/statistics?from=%(week)s"), ("statistics, 30 days", "auditor", "/office/statistics"),
    ("statistics, all of it", "auditor", "/office/statistics?from=%(year)s"), ("statistics, promises", "auditor", "/office/statistics?by=promises&from=%(year)s"),
    ("workbook, 30 days", "auditor", "/office/statistics.xlsx"), ("audit", "auditor", "/office/audit"),
    ("audit, of a student", "auditor", "/office/audit?q=401241100873"), ("audit, of an act", "auditor", "/office/audit?act=document.issued"),
    ("audit, of a kiosk, a month ago", "auditor", "/office/audit?q=A-2&to=%(month)s"),
]


class Browser(staff.Account):
    """A session over one connection."""

    def connect(self):
        self.connection = http.client.HTTPSConnection(self.host, timeout=120, context=self.context)

    def time(self, path):
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": "%s=%s" % (staff.COOKIE, self.cookie), "Accept-Language": "uz"})
        answer = self.connection.getresponse()
        size = len(answer.read())
        took = (time.perf_counter() - began) * 1e3
        assert answer.status == 200, (path, answer.status)
        return took, size


class Office:
    def __init__(self, build, folder, port, rows):
        self.program, self.data, self.rows = os.path.join(build, "registrar"), os.path.join(folder, "registrar"), rows
        self.port, self.folder = port, folder
        os.makedirs(folder)
        self.run("init", self.data, "--demo", "--host", "localhost:%d" % port, "--students", str(STUDENTS))
        self.run("kiosk", "add", self.data, "A-2", "--place", "1-bino, 1-qavat", "--address", "https://localhost:%d" % (port + 1), "--out", os.path.join(folder, "kiosk"))
        began = time.perf_counter()
        subprocess.run([os.path.join(build, "console_rows"), self.data, *map(str, rows)], check=True)
        print("%d jobs and %d applications were put in %.0f s" % (*rows, time.perf_counter() - began), flush=True)

    def run(self, *arguments):
        subprocess.run([self.program, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)

    def serve(self):
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.server = subprocess.Popen([self.program, "serve", self.data, "--people", str(self.port), "--kiosks", str(self.port + 1), "--no-limits"],
                                       stdout=self.log, stderr=subprocess.STDOUT)
        while "ready" not in open(os.path.join(self.folder, "log")).read():
            assert self.server.poll() is None, open(os.path.join(self.folder, "log")).read()
            time.sleep(0.1)
        self.browsers = {}
        for role in sorted({role for _, role, _ in PAGES}):
            secrets = staff.add(self.program, self.data, "bench-" + role, role)
            browser = Browser("localhost:%d" % self.port, os.path.join(self.folder, "kiosk", "ca.pem"), "bench-" + role, *secrets)
            browser.sign_in()
            self.browsers[role] = browser

    def stop(self):
        self.server.terminate()
        self.server.wait()


def days_ago(days):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() - days * 86400))


def measure(few, many):
    days = {"week": days_ago(6), "month": days_ago(30), "year": days_ago(300)}
    print("server time of a page, median of %d, ms (lower is better)\n  %-34s %10s %10s %8s %9s" % (TIMES, "page", few.rows[0], many.rows[0], "many/few", "kB"))
    for name, role, path in PAGES:
        times = [[], []]
        for office in (few, many):
            office.browsers[role].connect()  # one that was idle meanwhile is closed
        for turn in range(TIMES + 1):
            for at, office in enumerate((few, many)):
                took, size = office.browsers[role].time(path % days)
                if turn > 0:  # the first one finds what nobody had looked at yet
                    times[at].append(took)
        one, other = map(statistics.median, times)
        print("  %-34s %10.1f %10.1f %8.1f %9.1f" % (name, one, other, other / one, size / 1e3), flush=True)


def main():
    build, work, jobs, applications = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    port = 20000 + os.getpid() % 20000
    few, many = Office(build, os.path.join(work, "few"), port, FEW), Office(build, os.path.join(work, "many"), port + 2, (jobs, applications))
    try:
        few.serve()
        many.serve()
        measure(few, many)
    finally:
        for office in (few, many):
            if hasattr(office, "server"):
                office.stop()


main()
