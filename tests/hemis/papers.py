"""Papers, orders and money (facts 4.3): what HEMIS has of them, and their PDFs.

A paper is (kind, n, name, type, day, lines): kind and n make its id, so that nobody's has another's.
"""
import pdf
import shapes
from account import names
from wire import Reply, failed, ok

DECREE, DOCUMENT, REFERENCE = 5, 6, 7  # kinds of id
TYPES = {"diploma": "Diplom", "supplement": "Diplom ilovasi", "academic_sheet": "Akademik ma’lumotnoma", "transcript": "Transkript",
         "academic_data": "Shaxsiy grafik", "call-sheet": "Chaqiruv qog‘ozi"}
ALIASES = {"academic_information": "academic_sheet", "ptt": "academic_data"}


# --- what there is -------------------------------------------------------------------------------------------------------

def papers_of(student):
    """What staff attached: (n, type, attributes)."""
    profile, last = student.profile, shapes.semesters(student)[-1][1]
    found = []
    if student.results():
        found.append((1, "transcript", [("Semestr", str(profile["semester"]))]))
    graduation, leaving = profile.get("graduation"), profile.get("leaving")
    if graduation:
        found.append((2, "diploma", [("Raqami", graduation["diploma"]), ("Sanasi", graduation["date"])]))
        found.append((3, "supplement", [("Diplom", graduation["diploma"])]))
    if leaving:
        found.append((4, "academic_sheet", [("Buyruq", leaving["order"]), ("Sanasi", leaving["date"])]))
    if student.parts.get("personal_schedule"):
        found.append((5, "academic_data", [("Buyruq", student.parts["personal_schedule"]["order"]["number"])]))
    if profile["status"] == "11" and profile["education_form"] in ("12", "13", "14", "16"):
        found.append((6, "call-sheet", [("O‘quv yili", last)]))
    return found


def head(view, student, title):
    profile = student.profile
    lines = [view.world.people.institution["names"]["uz"], title, "", names(view, student)["full_name"], "ID " + student.number,
             "JSHSHIR " + (profile.get("pinfl") or "-"), "Fakultet: " + profile["faculty"]["names"]["uz"],
             "Mutaxassislik: %s %s" % (profile["programme"]["code"], profile["programme"]["names"]["uz"]),
             "Guruh: %s, %d-kurs" % (profile["group"], profile["year"]), ""]
    return lines + [student.token] if view.world.marked else lines


def document_pdf(view, student, kind, attributes):
    lines = head(view, student, TYPES[kind]) + ["%s: %s" % pair for pair in attributes]
    if kind in ("transcript", "supplement", "academic_sheet"):
        lines += [""] + ["%d  %s  %s  %d kredit  %d ball  %d" % (row["semester"], row["subject"]["code"], row["subject"]["names"]["uz"],
                                                               row["credits"], row["points"], row["mark"]) for row in student.results()]
    return pdf.make(lines)


def document_items(view, student):
    return [{"id": student.own_id(DOCUMENT, n), "name": TYPES[kind], "type": kind,
             "file": "%s/rest/v1/student/document-download?id=%d" % (view.base, student.own_id(DOCUMENT, n)),
             "attributes": [{"label": label, "value": value} for label, value in attributes]} for n, kind, attributes in papers_of(student)]


def decree_items(view, student):
    return [{"id": student.own_id(DECREE, n), "number": row["number"], "name": view.words(row["names"]), "department": view.department(student),
             "decreeType": view.coded("decree_type", row["kind"]),
             "file": "%s/rest/v1/student/decree-download?id=%d" % (view.base, student.own_id(DECREE, n)), "date": view.day(row["date"])}
            for n, row in enumerate(student.parts.get("orders") or [])]


def reference_item(view, student, made):
    """made: (n, semester, day)."""
    n, semester, day = made
    year = (semester + 1) // 2
    return {"id": student.own_id(REFERENCE, n), "reference_number": "%d/%d" % (student.id, n),
            "semester": view.semester(student, semester), "level": view.coded("course", str(10 + year)), "department": view.department(student),
            "file": "%s/rest/v1/student/reference-download?id=%d" % (view.base, student.own_id(REFERENCE, n)), "reference_date": view.day(day)}


def reference_items(view, student):
    with view.world.lock:
        return [reference_item(view, student, made) for made in view.world.references.get(student.number, [])]


def decrees(view, student):
    return decree_items(view, student)


def documents(view, student):
    return document_items(view, student)


def document_all(view, student):
    """Decrees, documents and references together, each with its type (S1, S4)."""
    decrees_all = [{"id": item["id"], "name": item["name"], "type": "decree", "file": item["file"],
                    "attributes": [{"label": "Raqami", "value": item["number"]}]} for item in decree_items(view, student)]
    references = [{"id": item["id"], "name": "Ma’lumotnoma", "type": "reference", "file": item["file"],
                   "attributes": [{"label": "Raqami", "value": item["reference_number"]}]} for item in reference_items(view, student)]
    return decrees_all + document_items(view, student) + references


def reference_generate(world, request, student):
    """A GET that acts.  a: each makes another one; b: there is one a semester, and who asks again is refused (facts 10)."""
    view, semester = world.view(request), student.profile["semester"]
    if student.profile["status"] != "11":
        return failed(400, "Talaba o‘qimayapti")
    with world.lock:
        made = world.references.setdefault(student.number, [])
        if world.reading == "b" and any(row[1] == semester for row in made):
            return failed(400, "Ma’lumotnoma mavjud")
        if len(made) >= 999:
            return failed(400)
        made.append((len(made) + 1, semester, shapes.format_day(int(world.clock.now()))))
        return ok(reference_item(view, student, made[-1]))


# --- PDFs ----------------------------------------------------------------------------------------------------------------

def raw(body, name):
    return Reply(raw=body, kind="application/pdf", headers={"Content-Disposition": 'attachment; filename="%s.pdf"' % name})


def own_number(request, student, kind):
    """The n of an id that is this student's; None."""
    text = request.query.get("id", "")
    n = int(text) - student.own_id(kind, 0) if text.isdigit() else -1
    return n if 0 <= n < 1000 else None


def reference_download(world, request, student):
    n = own_number(request, student, REFERENCE)
    with world.lock:
        made = [row for row in world.references.get(student.number, []) if row[0] == n]
    if not made:
        return failed(404)
    lines = head(world.view(request), student, "O‘qish joyidan ma’lumotnoma") + ["Raqami: %d/%d" % (student.id, n), "Sanasi: " + made[0][2]]
    return raw(pdf.make(lines), "reference-%d" % n)


def document_download(world, request, student):
    n = own_number(request, student, DOCUMENT)
    for at, kind, attributes in papers_of(student):
        if at == n:
            return raw(document_pdf(world.view(request), student, kind, attributes), kind)
    return failed(404)


def decree_download(world, request, student):
    n, orders = own_number(request, student, DECREE), student.parts.get("orders") or []
    if n is None or n >= len(orders):
        return failed(404)
    row = orders[n]
    lines = head(world.view(request), student, "Buyruq %s" % row["number"]) + [row["date"], row["names"]["uz"]]
    return raw(pdf.make(lines), "decree")


def document_of_type(view, student, kind):
    """The data API's: by type; None."""
    for _, at, attributes in papers_of(student):
        if at == ALIASES.get(kind, kind):
            return raw(document_pdf(view, student, at, attributes), at)
    return None


# --- money ---------------------------------------------------------------------------------------------------------------

CONTRACT_KINDS = {"001": "Bazaviy", "002": "Tabaqalashtirilgan", "003": "Tavsiya", "004": "Xorijiy", "005": "Grant"}
LABELS = {"year": "Yil", "status": "Holati", "contractNumber": "Shartnoma raqami", "eduContractSum": "Summasi", "paidCreditAmount": "To‘langan",
          "unPaidCreditAmount": "Qoldiq"}


def contract(view, student):
    """S4, S10.  Sums are numbers (b: texts with two places, which the list has anyway), what is left is debit (b: debet)."""
    part, profile = student.parts.get("contract"), student.profile
    if not part:
        return None
    left = part["sum"] - part["paid"]

    def total(value):
        return view.either(value, "%d.00" % value)

    institution = view.world.people.institution
    return {"id": student.own_id(8, 0), "contractNumber": part["number"], "contractDate": view.either(view.day(part["date"]), part["date"]),
            "eduContractSum": total(part["sum"]), "credit": total(part["paid"]), view.either("debit", "debet"): total(left),
            "eduContractType": CONTRACT_KINDS.get(part["kind"], part["kind"]), "eduCourse": "%d-kurs" % profile["year"],
            "eduForm": view.coded("education_form", profile["education_form"])["name"], "eduOrganization": view.words(institution["names"]),
            "eduOrganizationAccount": "20212000000000000001", "eduOrganizationInn": "200000001",
            "eduPeriod": "%d" % profile["years_of_programme"], "eduSpeciality": view.words(profile["programme"]["names"]),
            "eduType": view.coded("education_type", profile["education_type"])["name"], "eduYear": part["academic_year"].replace("/", "-"),
            "fullName": names(view, student)["full_name"], "gpa": None, "institutionType": "OTM", "pinfl": profile.get("pinfl"),
            "bankMfo": "00014", "pdfLink": "%s/rest/v1/student/contract-download?id=%d" % (view.base, student.own_id(8, 0))}


def student_contract(world, request, student):
    data = contract(world.view(request), student)
    return ok(data) if data else failed(404)


def contract_rows(view, student):
    part = student.parts.get("contract")
    if not part:
        return []
    return [{"id": student.own_id(8, 0), "key": part["number"], "_education_year": shapes.year_code(part["academic_year"]), "_student": student.id,
             "_data": {"year": shapes.year_code(part["academic_year"]), "status": "11", "contractNumber": part["number"],
                       "contractDate": part["date"], "eduContractType": CONTRACT_KINDS.get(part["kind"], part["kind"]),
                       "eduContractSum": str(part["sum"]), "paidCreditAmount": str(part["paid"]),
                       "unPaidCreditAmount": str(part["sum"] - part["paid"])}}]


def contract_list(view, student):
    return {"items": contract_rows(view, student), "attributes": LABELS}


def contract_download(world, request, student):
    part = student.parts.get("contract")
    if not part or own_number(request, student, 8) != 0:
        return failed(404)
    lines = head(world.view(request), student, "Shartnoma %s" % part["number"]) + ["Summasi: %d" % part["sum"], "To'langan: %d" % part["paid"]]
    return raw(pdf.make(lines), "contract")
