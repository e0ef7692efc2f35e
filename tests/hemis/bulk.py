"""The data API (facts 5): lists of all students, 20 rows a page and at most 200, and the papers of any of them."""
import hashlib

import account
import papers
import shapes
import study
from people import UPDATED
from wire import failed, ok

PAGE, MOST = 20, 200


# --- pages ---------------------------------------------------------------------------------------------------------------

def whole(request, key, least, most, otherwise):
    text = request.query.get(key, "")
    return min(max(int(text), least), most) if text.isdigit() else otherwise


def pagination(view, how, total, size, page):
    """S9, S11 (a); S8's names (b)."""
    count = (total + size - 1) // size
    if how == "short":
        count = 1
    elif how == "shrinks":
        total, count = max(0, total - page * 3), max(1, count - page)
    told = {"totalCount": total, view.either("pageSize", "perPage"): size, "pageCount": count, view.either("page", "currentPage"): page}
    if how == "texts":
        return {key: str(value) for key, value in told.items()}
    return list(told.values()) if how == "list" else told


def paged(world, request, total, rows):
    """rows: of a place and a number gives that many rows."""
    view = world.view(request)
    how = world.faults.take("wrong-paging", request.path[len("/rest"):])
    size, page = whole(request, "limit", 1, MOST, PAGE), whole(request, "page", 0, 10**9, 1)
    if how == "small":
        size = PAGE
    at = page if how == "zero-based" else max(page, 1) - 1
    last = max(0, (total - 1) // size) if total else 0
    if how == "repeats" and at == 1:
        at = 0
    elif how == "endless":
        at = min(at, last)
    begin = at * size
    items = rows(view, begin, max(0, min(size, total - begin)))
    data = {"items": items}
    if how != "none":
        data["pagination"] = pagination(view, how, total, size, page)
    return ok(data)


def marked(view, student, row):
    if view.world.marked:
        shapes.mark(row, student.token)
    return row


# --- students ------------------------------------------------------------------------------------------------------------

FILTERS = {"_education_form": "education_form", "_education_type": "education_type", "_payment_form": "payment_form", "_gender": "gender"}


def span(request):
    """updated_at_from and _to; None: all times."""
    begins, ends = whole(request, "updated_at_from", 0, 10**11, None), whole(request, "updated_at_to", 0, 10**11, None)
    return None if begins is None and ends is None else (begins or 0, 10**11 if ends is None else ends)


def within(times, at):
    return times is None or times[0] <= at <= times[1]


def chosen(world, request):
    """Rows of the students that are asked for; the same as for the page before, where nothing changed."""
    query = {key: value for key, value in request.query.items() if key not in ("page", "limit", "l")}
    asked = (world.people.version, sorted(query.items()))
    kept = world.kept_choice
    if not kept or kept[0] != asked:
        kept = world.kept_choice = (asked, choose(world, request))
    return kept[1]


def choose(world, request):
    """By status (11 unless told; -1: all), times, group, and the codes of FILTERS."""
    query, people, times = request.query, world.people, span(request)
    status = query.get("_student_status", "11")
    rows = [row for row in people.rows if status in ("-1", row.status) and within(times, people.updated(row))]
    if query.get("_group"):
        rows = [row for row in rows if str(shapes.number_of(row.group)) == query["_group"]]
    wanted = [(member, query[key]) for key, member in FILTERS.items() if query.get(key)]
    if query.get("search"):
        rows = [row for row in rows if query["search"] == row.number]
    if wanted:
        rows = [row for row in rows if all(people.find(row.number).profile.get(member) == code for member, code in wanted)]
    if query.get("passport_pin") and query.get("passport_number"):
        student = people.with_pinfl(query["passport_pin"])
        rows = [student.row] if student and student.passport == query["passport_number"] else []
    return rows


def student_row(view, student):
    profile, me = student.profile, account.me(view, student)
    mean = [row["mark"] for row in student.results()]
    row = {"id": student.id, "meta_id": student.id + 500000}
    for key in ("full_name", "short_name", "first_name", "second_name", "third_name", "image", "student_id_number", "birth_date", "avg_gpa", "gender",
                "specialty", "country", "province", "district", "level", "educationForm", "educationType", "paymentForm", "socialCategory",
                "povertyLevel", "accommodation", "studentStatus", "hash"):
        row[key] = me[key]
    row.update({
        "image_full": me["image"], "avg_grade": view.number(sum(mean) / len(mean), 2) if mean else None,
        "total_credit": sum(line["credits"] for line in student.results()), "university": {"code": view.world.people.institution["code"],
                                                                                           "name": me["university"]},
        "department": view.faculty(profile["faculty"]), "group": view.group(profile), "educationYear": view.year(profile["academic_year"]),
        "terrain": view.coded("terrain", "11"), "citizenship": view.coded("citizenship", profile["citizenship"]["code"]),
        "semester": me["semester"], "studentType": view.coded("student_type", "11"), "_curriculum": shapes.number_of(profile["programme"]["code"]),
        "email": None, "phone": None, "created_at": UPDATED, "updated_at": student.updated_at,
    })
    return marked(view, student, row)


def student_list(world, request):
    rows = chosen(world, request)
    return paged(world, request, len(rows), lambda view, begin, count:
                 [student_row(view, world.people.find(row.number)) for row in rows[begin : begin + count]])


def named(world, request):
    """The student that student_id_number, student_id, passport_pin or pinfl means; None."""
    query = request.query
    if query.get("student_id_number"):
        return world.people.find(query["student_id_number"])
    if query.get("student_id", "").isdigit():
        index = int(query["student_id"]) - 1000000
        return world.people.at(index) if 0 <= index < len(world.people.rows) else None
    return world.people.with_pinfl(query.get("passport_pin") or query.get("pinfl") or query.get("pnfl") or query.get("student_pnfl"))


def of_named(function):
    """A route about one student."""
    def route(world, request):
        student = named(world, request)
        return function(world, request, student) if student else failed(404)
    return route


def student_info(world, request, student):
    view = world.view(request)
    return ok({**student_row(view, student), "documents": papers.document_items(view, student)})


def document_download(world, request, student):
    return papers.document_of_type(world.view(request), student, request.query.get("type", "")) or failed(404)


def info_download(world, request, student):
    return papers.document_of_type(world.view(request), student, request.query.get("type", "transcript")) or failed(404)


# --- marks ---------------------------------------------------------------------------------------------------------------

def record_row(view, student, n, result):
    profile, number, subject = student.profile, result["semester"], result["subject"]
    at = result.get("touched") or UPDATED + student.row.index
    row = {"id": student.own_id(4, n), "_curriculum": shapes.number_of(profile["programme"]["code"]),
           "_education_year": shapes.year_code(result["academic_year"]), "_semester": str(10 + number), "_student": student.id, "_employee": None,
           "_subject": shapes.number_of(subject["code"]), "employee_name": None, "semester_name": "%d-semestr" % number,
           "student_name": account.names(view, student)["full_name"], "student_id_number": student.number, "subject_name": view.words(subject["names"]),
           "subject_code": subject["code"], "education_type": profile["education_type"], "education_form": profile["education_form"],
           "total_acload": result.get("hours"), "credit": view.either(result["credits"], str(result["credits"])),
           "total_point": view.either(result["points"], "%d.0" % result["points"]), "grade": view.either(result["mark"], str(result["mark"])),
           "finish_credit_status": result["mark"] >= 3, "retraining_status": False, "created_at": view.day(result.get("date")) or at, "updated_at": at}
    return marked(view, student, row)


def record_list(world, request):
    """Of all students, whatever their status; of one by _student or student_id_number; changed since updated_at_from."""
    people, times = world.people, span(request)
    one = request.query.get("_student") or request.query.get("student_id_number")
    if one or times:
        students = [world.people.find(request.query["student_id_number"])] if request.query.get("student_id_number") else \
            [named_by_id(people, one)] if one else touched(people, times)
        rows = [(student, n, result) for student in students if student for n, result in enumerate(student.results())
                if within(times, result.get("touched") or UPDATED + student.row.index)]
        return paged(world, request, len(rows), lambda view, begin, count: [record_row(view, *row) for row in rows[begin : begin + count]])

    def page(view, begin, count):
        items = []
        for position in range(begin, begin + count):
            row, n = people.at_place("results", position)
            student = people.find(row.number)
            if n < len(student.results()):
                items.append(record_row(view, student, n, student.results()[n]))
        return items

    return paged(world, request, people.how_many("results"), page)


def named_by_id(people, text):
    index = int(text) - 1000000 if text.isdigit() else -1
    return people.at(index) if 0 <= index < len(people.rows) else None


def touched(people, times):
    return [people.find(row.number) for row in people.rows if within(times, people.updated(row))]


def flat(what, rows_of):
    """A route of all students' rows of a kind; of one student where one is named."""
    def route(world, request):
        people, query = world.people, request.query
        if query.get("_student") or query.get("student_id_number") or query.get("student_pnfl"):
            student = named_by_id(people, query["_student"]) if query.get("_student") else named(world, request)
            rows = rows_of(world.view(request), student) if student else []
            return paged(world, request, len(rows), lambda view, begin, count: rows[begin : begin + count])

        def page(view, begin, count):
            items = []
            for position in range(begin, begin + count):
                row, n = people.at_place(what, position)
                student = people.find(row.number)
                rows = rows_of(view, student)
                items += [marked(view, student, rows[n])] if n < len(rows) else []
            return items

        return paged(world, request, people.how_many(what), page)
    return route


def absence_rows(view, student):
    return [{**row, "student": {"id": student.id, "name": account.names(view, student)["full_name"]}, "group": view.group(student.profile),
             "educationYear": view.year(student.profile["academic_year"])} for row in study.absences(view, student)]


def academic_data(world, request, student):
    rows = [record_row(world.view(request), student, n, result) for n, result in enumerate(student.results())]
    return ok({"student_id_number": student.number, "passport_pin": student.profile.get("pinfl"), "count": len(rows), "items": rows})


def debts(world, request, student):
    view = world.view(request)
    rows = [{"subject_id": shapes.number_of(row["subject"]["code"]), "subject_name": view.words(row["subject"]["names"]),
             "subject_code": row["subject"]["code"], "credit": row["credits"], "total_point": row["points"], "grade": row["mark"],
             "semester": str(10 + row["semester"]), "exam_type": "14", "status": "missing_record", "required_point": 60}
            for row in student.results() if row["mark"] < 3]
    return ok(marked(view, student, {"student": {"id": student.id, "student_id_number": student.number}, "debts": rows, "total_debts": len(rows),
                                     "total_debt_credit": sum(row["credit"] for row in rows)}))


def transcript(world, request, student):
    view, profile = world.view(request), student.profile
    rows = [{"subject_label": view.words(row["subject"]["names"]), "credit_label": str(row["credits"]), "grade_label": str(row["mark"])}
            for row in student.results()]
    graduation = profile.get("graduation") or {}
    return ok(marked(view, student, {
        "id": student.id, "university_name": view.words(world.people.institution["names"]), "rector": "N. R. Tursunov", "dean": None,
        "student_name": account.names(view, student)["full_name"], "education_type_name": view.coded("education_type", profile["education_type"])["name"],
        "faculty_name": view.words(profile["faculty"]["names"]), "year_of_entered": str(profile["entry_year"]),
        "year_of_graduated": graduation.get("date", "")[:4] or None, "student_status": view.coded("student_status", profile["status"])["name"],
        "academic_register_date": view.day((profile.get("admission") or {}).get("date")), "student_birthday": view.day(profile["birth_date"]),
        "specialty": view.words(profile["programme"]["names"]),
        "subjects": {"rows": rows, "total": {"credit": sum(row["credits"] for row in student.results()), "gpa": view.number(account.average(student))}},
    }))


def absence_count(world, request, student):
    rows = (student.parts.get("attendance") or {}).get("rows") or []
    view = world.view(request)
    on, off = sum(row["absent_on"] for row in rows), sum(row["absent_off"] for row in rows)
    return ok({"student_id_number": student.number, "absent_on": view.either(on, off), "absent_off": view.either(off, on), "total": on + off})


# --- what the university has ---------------------------------------------------------------------------------------------

def group_list(world, request):
    rows = list(world.people.groups.values())

    def page(view, begin, count):
        items = []
        for row in rows[begin : begin + count]:
            profile = world.people.find(row.number).profile
            items.append({**view.group(profile), "department": view.faculty(profile["faculty"]),
                          "specialty": {"code": profile["programme"]["code"], "name": view.words(profile["programme"]["names"])},
                          "_curriculum": shapes.number_of(profile["programme"]["code"]), "active": True})
        return items

    return paged(world, request, len(rows), page)


def distinct(world, member, written):
    """A route of what groups differ in: faculties, programmes."""
    found = {}
    for row in world.people.groups.values():
        value = world.people.find(row.number).profile[member]
        found.setdefault(value["code"], value)
    return [written(value) for value in found.values()]


def department_list(world, request):
    rows = distinct(world, "faculty", world.view(request).faculty)
    return paged(world, request, len(rows), lambda view, begin, count: rows[begin : begin + count])


def specialty_list(world, request):
    view = world.view(request)
    rows = distinct(world, "programme", lambda value: {"id": shapes.number_of(value["code"]), "code": value["code"], "name": view.words(value["names"])})
    return paged(world, request, len(rows), lambda view, begin, count: rows[begin : begin + count])


def of_groups(rows_of):
    """A route of what a whole group shares, of _group or of all."""
    def route(world, request):
        view, wanted, rows = world.view(request), request.query.get("_group"), []
        for name, row in world.people.groups.items():
            if wanted in (None, str(shapes.number_of(name))):
                student = world.people.find(row.number)
                rows += rows_of(view, student, student.profile["semester"])
        return paged(world, request, len(rows), lambda view, begin, count: rows[begin : begin + count])
    return route


def diploma_list(world, request):
    rows = [row for row in world.people.rows if row.status == "14"]

    def item(view, student):
        profile, done = student.profile, student.profile.get("graduation") or {}
        me = account.me(view, student)
        return marked(view, student, {
            "id": student.own_id(9, 0), "uid": hashlib.sha256(b"diploma" + student.number.encode()).hexdigest()[:16], "_student": student.id,
            "avg_grade": me["avg_gpa"], "diploma_number": done.get("diploma"), "register_number": done.get("order"),
            "register_date": view.day(done.get("date")), "department": view.faculty(profile["faculty"]), "university": me["university"],
            "educationType": me["educationType"], "educationForm": me["educationForm"], "educationYear": view.year(profile["academic_year"]),
            "diplomaCategory": {"code": "11", "name": "Oddiy"}, "specialty": me["specialty"], "group": view.group(profile),
            "enroll_year": profile["entry_year"], "graduate_year": done.get("date", "")[:4], "education_period": profile["years_of_programme"],
            "diploma_file": None, "supplement_file": None, "accepted": True, "published": True})

    return paged(world, request, len(rows), lambda view, begin, count: [item(view, world.people.find(row.number)) for row in rows[begin : begin + count]])


def marking_system_list(world, request):
    view = world.view(request)
    rows = [{"code": code, "name": view.coded("marking_system", code)["name"], "count_final_exams": 3, "minimum_limit": limit, "gpa_limit": gpa}
            for code, limit, gpa in (("11", 55, None), ("12", 3, None), ("13", 60, view.number("2.4")))]
    return paged(world, request, len(rows), lambda _, begin, count: rows[begin : begin + count])


def grade_type_list(world, request):
    rows = study.grade_type_list(world, request).payload["data"]
    return paged(world, request, len(rows), lambda _, begin, count: rows[begin : begin + count])


def lesson_pair_list(world, request):
    rows = [world.view(request).pair(number) for number in shapes.PAIR_TIMES]
    return paged(world, request, len(rows), lambda _, begin, count: rows[begin : begin + count])


def classifier_list(world, request):
    wanted = request.query.get("classifier", "")
    rows = [{"name": name, "classifier": "h_" + name, "version": 1, "options": [{"code": code, "name": text} for code, text in options.items()]}
            for name, options in shapes.CLASSIFIERS.items() if wanted in ("", "h_" + name)]
    return paged(world, request, len(rows), lambda _, begin, count: rows[begin : begin + count])


ROUTES = {
    "student-list": student_list,
    "student-info": of_named(student_info),
    "student-info-download": of_named(info_download),
    "student-document-download": of_named(document_download),
    "student-decree-download": of_named(papers.decree_download),
    "transcript": of_named(transcript),
    "student-academic-data": of_named(academic_data),
    "student-subject-debts": of_named(debts),
    "student-absence-count": of_named(absence_count),
    "academic-record-list": record_list,
    "student-gpa-list": flat("averages", study.gpa_rows),
    "contract-list": flat("contracts", papers.contract_rows),
    "attendance-list": flat("absences", absence_rows),
    "schedule-list": of_groups(lambda view, student, number: study.lessons(view, student, number, None)),
    "exam-list": of_groups(study.exams),
    "group-list": group_list,
    "department-list": department_list,
    "specialty-list": specialty_list,
    "diploma-list": diploma_list,
    "marking-system-list": marking_system_list,
    "grade-type-list": grade_type_list,
    "lesson-pair-list": lesson_pair_list,
    "classifier-list": classifier_list,
}
