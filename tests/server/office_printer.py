"""Printers of the office in tests: simulated ones with their own witness, and papers that are given to them.

    printer = Printer(folder, [fault_printer])         # printer.uri; printer.fault("slow", "2"); printer.sheets()
    front = Front(registrar)                           # tests/server/registrar.py
    job = front.paper("Front-1")                       # of the next student; its job waits at that printer
"""
import collections
import os
import signal
import subprocess

from staff import Staff, csrf_of

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KINDS = [(receiver, language) for language in ("uz", "en") for receiver in ("any", "parents-work")]
PEOPLE = 40


class Printer:
    def __init__(self, folder, program, *options):
        self.folder = folder
        self.process = subprocess.Popen([*program, "--dir", folder, *options], stdout=subprocess.PIPE, text=True)
        self.uri = self.process.stdout.readline().strip()
        assert self.uri.startswith("ipp://"), self.uri

    def fault(self, *words):
        subprocess.run([os.path.join(ROOT, "printers/fault"), self.folder, *words], check=True)

    def lines(self, name):
        path = os.path.join(self.folder, name)
        return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")] if os.path.exists(path) else []

    def sheets(self):
        """title: how many sheets came out under it"""
        return collections.Counter(line[2] for line in self.lines("sheets.tsv"))

    def events(self, job):
        return [line[1] for line in self.lines("events.tsv") if line[3].startswith(title(job))]

    def asked(self, operation):
        return sum(line[1] == operation for line in self.lines("events.tsv"))

    def end(self):
        self.process.terminate()
        self.process.wait(20)


def title(job):
    """Of the job at the printer, without the epoch."""
    return "Registrar %.8s" % job


class Front:
    """The registrar, students at its kiosk, and a clerk who moves their papers to the front office."""

    def __init__(self, registrar):
        self.registrar, self.turn = registrar, 0
        self.clerk = Staff(registrar, "anna", "front-office")

    def deed(self, job, name, **fields):
        """As the print queue's page does it: the epoch is what its clerk saw."""
        self.clerk.host = "localhost:%d" % self.registrar.ports["people"]
        csrf = csrf_of(self.clerk.page("/office/me"))
        answer, text = self.clerk.ask("POST", "/office/prints?l=en", {"csrf": csrf, "deed": name, "job": job, "epoch": self.job(job)[1], **fields})
        assert answer.status == 303 and "said=done" in answer.getheader("Location"), (name, answer.status, answer.getheader("Location"), text[:200])

    def paper(self, printer):
        """A job that waits at this printer."""
        student, kind = self.turn % PEOPLE, KINDS[self.turn // PEOPLE]
        self.turn += 1
        kiosk = self.registrar.kiosk("A-2")
        kiosk.sign_in(*self.registrar.students[student])
        job = kiosk.issue(*kind)["print_job"]["id"]
        self.deed(job, "move", to="printer:" + printer)
        return job

    def paper_while_down(self, printer):
        """One at which a registrar died between Create-Job and the first byte: its moment is too short to be met from outside."""
        self.registrar.serve()
        self.registrar.change("UPDATE printer SET lease_s = lease_s + 3600, epoch = epoch + 1 WHERE id = ?", printer)  # another's: nobody begins
        job = self.paper(printer)
        self.registrar.end(signal.SIGKILL)
        self.registrar.change("INSERT INTO printer_errand (institution, printer, job, epoch, phase, began_at_ms)"
                              " SELECT institution, ?, id, epoch, 'creating', 1 FROM print_job WHERE id = ?", printer, job)
        self.registrar.change("UPDATE printer SET lease_s = 0 WHERE id = ?", printer)
        return job

    def job(self, job):
        return self.registrar.rows("SELECT state, epoch, sheets_seen, sheets_expected, owner FROM print_job WHERE id = ?", job)[0]

    def state(self, job):
        return self.job(job)[0]

    def printer(self, name="Front-1"):
        return self.registrar.rows("SELECT state FROM printer WHERE id = ?", name)[0][0]

    def came_out(self, printer, job):
        """Sheets of it, under all epochs."""
        return sum(count for name, count in printer.sheets().items() if name.startswith(title(job)))
