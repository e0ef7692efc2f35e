"""What one studies (facts 4.2): semesters, subjects, marks, lessons, exams, absences, the average.

Each function has a View and a Student and gives what stands in "data".
"""
import shapes
from wire import failed, ok

EXAM_PARTS = (("11", "current"), ("12", "midterm"), ("13", "final"))  # exam_type, member of an assessment
WEEK = 7 * 86400
MONDAY = 4 * 86400  # the first of 1970


def weeks_of(student, number):
    """First days (seconds, UTC) of the weeks of a semester with lessons; those of the running one are told by the timetable."""
    schedule = student.parts.get("schedule") or {}
    if number == student.profile["semester"] and schedule:
        span = schedule.get("teaching") or {"from": schedule["from"], "to": schedule["to"]}
        begins, ends = shapes.parse_day(span["from"]), shapes.parse_day(span["to"])
    else:
        year = int(shapes.year_of(student, number)[:4])
        begins = shapes.parse_day("%d-09-04" % year if number % 2 else "%d-02-05" % (year + 1))
        ends = begins + 15 * WEEK
    monday = begins - (begins - MONDAY) % WEEK
    return list(range(monday, ends + 1, WEEK)), begins, ends


def week_id(student, number, n):
    return shapes.number_of(student.profile["group"]) * 10000 + number * 100 + n


def semesters(view, student):
    now = view.world.clock.now()
    items = []
    for number, year in shapes.semesters(student):
        current = number == student.profile["semester"]
        item = view.semester(student, number, current=current, education_year=view.year(year, year == student.profile["academic_year"]))
        if view.reading == "a":  # S3; not in the vendor's text
            item["weeks"] = []
            for n, monday in enumerate(weeks_of(student, number)[0]):
                begins, ends = shapes.format_day(monday), shapes.format_day(monday + 6 * 86400)
                item["weeks"].append({"id": week_id(student, number, n + 1), "current": current and monday <= now < monday + WEEK,
                                      "start_date": view.day(begins), "end_date": view.day(ends), "start_date_f": begins, "end_date_f": ends})
        items.append(item)
    return items


# --- lessons -------------------------------------------------------------------------------------------------------------

def lesson_ids(student, row, n):
    return shapes.number_of(student.profile["group"]) * 100000 + n * 1000 + row["day"] * 10 + row["pair"]


def lessons(view, student, number, week):
    """Of one week by its id, or of all."""
    schedule = student.parts.get("schedule") or {}
    if number != student.profile["semester"] or not schedule:
        return []
    mondays, begins, ends = weeks_of(student, number)
    items = []
    for n, monday in enumerate(mondays):
        if week is not None and week != week_id(student, number, n + 1):
            continue
        for row in schedule["rows"]:
            day = monday + (row["day"] - 1) * 86400
            if row.get("weeks", "all") == ("even" if n % 2 == 0 else "odd") or not begins <= day <= ends:
                continue
            items.append(lesson(view, student, row, number, n, monday, day))
    return items


def lesson(view, student, row, number, n, monday, day):
    profile = student.profile
    return {"id": lesson_ids(student, row, n), "subject": view.subject(row["subject"]), "faculty": view.faculty(profile["faculty"]),
            "department": view.department(student), "educationYear": view.year(shapes.year_of(student, number)),
            "semester": view.semester(student, number), "group": view.group(profile), "auditorium": view.room(row),
            "trainingType": view.coded("training_type", row["kind"]), "lessonPair": view.pair(row["pair"], (row["from"], row["to"])),
            "employee": view.employee(row.get("teacher")), "lesson_date": view.day(shapes.format_day(day)),
            "_week": week_id(student, number, n + 1), "weekStartTime": view.day(shapes.format_day(monday)),
            "weekEndTime": view.day(shapes.format_day(monday + 6 * 86400))}


def schedule(world, request, student):
    week = request.query.get("week")
    if week and not week.isdigit():
        return failed(400)
    number = shapes.semester_of(request) or student.profile["semester"]
    return ok(lessons(world.view(request), student, number, int(week) if week else None))


# --- subjects and marks --------------------------------------------------------------------------------------------------

def courses(student, number):
    """The subjects of a semester, whether they are under way or over: (subject, type, hours, credits, result, assessment)."""
    rows = [(row["subject"], row.get("type"), row.get("hours"), row["credits"], row, None)
            for row in student.results() if row["semester"] == number]
    running = student.parts.get("assessments") or {}
    if running.get("semester") == number:
        known = {row[0]["code"] for row in rows}
        rows += [(row["subject"], "11", row["credits"] * 30, row["credits"], None, row)
                 for row in running["rows"] if row["subject"]["code"] not in known]
    return rows


def curriculum_subject(view, number, course):
    subject, kind, hours, credits, _, _ = course
    return {"subject": view.subject(subject), "subjectType": view.coded("subject_type", kind or "11"), "_semester": str(10 + number),
            "total_acload": hours, "credit": credits}


def subjects(world, request, student):
    """S1 calls the parameter _semester, S2 semester: b knows the first alone."""
    view = world.view(request)
    code = request.query.get("_semester") or (request.query.get("semester") if view.reading == "a" else None)
    wanted = int(code) - 10 if code and code.isdigit() else None
    items = []
    for number, _ in shapes.semesters(student):
        if wanted in (None, number):
            items += [curriculum_subject(view, number, course) for course in courses(student, number)]
    return ok(items)


def score(view, points, most, exam):
    percent = points * 100 // most if most else 0
    return {"grade": view.number(points), "max_ball": most, "percent": percent, "examType": view.coded("exam_type", exam)}


def label_of(mark):
    return {5: "5 (a’lo)", 4: "4 (yaxshi)", 3: "3 (qoniqarli)"}.get(mark, "2 (qoniqarsiz)")


def scores(view, course):
    """overallScore and gradesByExam of a course; None while there is nothing."""
    result, assessment = course[4], course[5]
    if result:
        overall = score(view, result["points"], 100, "14")
        overall["label"] = label_of(result["mark"])
        return overall, [score(view, result["points"], 100, "14")]
    by_exam = []
    for exam, key in EXAM_PARTS:
        part = assessment.get(key)
        if isinstance(part, dict) and part.get("points") is not None:
            by_exam.append(score(view, part["points"], part["max"], exam))
    return None, by_exam


def subject_row(view, number, course):
    overall, by_exam = scores(view, course)
    return {"_semester": str(10 + number), "curriculumSubject": curriculum_subject(view, number, course), "overallScore": overall,
            "gradesByExam": by_exam, "grades": []}


def subject_list(world, request, student):
    view = world.view(request)
    wanted = shapes.semester_of(request)
    return ok([subject_row(view, number, course) for number, _ in shapes.semesters(student) if wanted in (None, number)
               for course in courses(student, number)])


def performance_row(view, student, number, course):
    overall, by_exam = scores(view, course)
    assessment = course[5] or {}
    got = course[4]["points"] if course[4] else sum(part.get("points") or 0 for _, key in EXAM_PARTS for part in [assessment.get(key) or {}])
    return {**curriculum_subject(view, number, course), "overallScore": overall, "gradesByExam": by_exam, "subject_ball": 100,
            "student_ball": view.number(got), "max_ball": 100, "tasks_count": 0, "submits_count": 0, "marked_count": 0, "resources_count": 0,
            "absent_count": assessment.get("absent_hours", 0), "tasks": [], "grades": []}


def performance(world, request, student):
    view = world.view(request)
    wanted, subject = shapes.semester_of(request), request.query.get("subject")
    rows = []
    for number, _ in shapes.semesters(student):
        if wanted in (None, number):
            rows += [performance_row(view, student, number, course) for course in courses(student, number)
                     if not subject or str(shapes.number_of(course[0]["code"])) == subject]
    return ok(rows)


def one_subject(world, request, student):
    """education/subject: the same of one alone."""
    if not request.query.get("subject"):
        return failed(400)
    reply = performance(world, request, student)
    rows = reply.payload["data"]
    return ok(rows[0]) if rows else failed(404)


# --- absences, exams, the average ----------------------------------------------------------------------------------------

def absence(view, student, row, number, n):
    """S8: on is excused, off is not (a); other texts have it the other way round (b)."""
    on, off = row.get("absent_on", 0), row.get("absent_off", 0)
    return {"id": student.own_id(1, n), "subject": view.subject(row["subject"]), "semester": view.semester(student, number),
            "trainingType": view.coded("training_type", row["kind"]), "lessonPair": view.pair(row["pair"]),
            "employee": view.employee(row.get("teacher")), "absent_on": view.either(on, off), "absent_off": view.either(off, on),
            "explicable": on > 0, "lesson_date": view.day(row["date"])}


def absences(view, student, number=None, subject=None):
    part = student.parts.get("attendance") or {}
    if not part or number not in (None, part["semester"]):
        return []
    return [absence(view, student, row, part["semester"], n) for n, row in enumerate(part["rows"])
            if not subject or str(shapes.number_of(row["subject"]["code"])) == subject]


def attendance(world, request, student):
    return ok(absences(world.view(request), student, shapes.semester_of(request), request.query.get("subject")))


def exam(view, student, number, n, row):
    item = {"id": student.own_id(2, n), "subject": view.subject(row["subject"]), "examType": view.coded("exam_type", row.get("kind", "13")),
            "finalExamType": view.coded("final_exam_type", row.get("attempt", "11")), "semester": view.semester(student, number),
            "educationYear": view.year(shapes.year_of(student, number)), "group": view.group(student.profile),
            "faculty": view.faculty(student.profile["faculty"]), "department": view.department(student),
            "employee": view.employee(row.get("teacher")), "auditorium": view.room(row) if row.get("room") else None,
            "examDate": view.day(row["date"])}
    if view.reading == "a" and row.get("from"):  # S1: may lack
        item["lessonPair"] = view.pair(1, (row["from"], row["from"]))
    return item


def exam_rows(student, number):
    if number == student.profile["semester"]:
        running = student.parts.get("exams") or []
        if running:
            return running
    return [{"subject": row["subject"], "date": row["date"]} for row in student.results() if row["semester"] == number and row.get("date")]


def exams(view, student, number=None):
    items = []
    for at, _ in shapes.semesters(student):
        if number in (None, at):
            items += [exam(view, student, at, at * 20 + n, row) for n, row in enumerate(exam_rows(student, at))]
    return items


def exam_table(world, request, student):
    return ok(exams(world.view(request), student, shapes.semester_of(request) or student.profile["semester"]))


def gpa_rows(view, student):
    """gpa and credit_sum are texts in what servers answer and numbers in the vendor's text, which also misspells can_transfer."""
    items = []
    for n, row in enumerate(student.profile.get("gpa") or []):
        items.append({"id": student.own_id(3, n), "_student": student.id, "_group": shapes.number_of(student.profile["group"]),
                      "educationYear": view.year(row["academic_year"]), "level": view.coded("course", str(10 + row["year"])),
                      "gpa": view.number(row["gpa"]), "credit_sum": view.number(row["credits"], None), "subjects": row["subjects"],
                      "debt_subjects": row["debts"], view.either("can_transfer", "can_trasfer"): row["can_transfer"], "method": row["method"],
                      "created_at": view.day("%d-07-01" % (int(row["academic_year"][:4]) + 1))})
    return items


def gpa_list(world, request, student):
    return ok(gpa_rows(world.view(request), student))


GRADES = (("5", 90, 100), ("4", 70, 89), ("3", 60, 69), ("2", 0, 59))  # S6: of the credit system


def grade_type_list(world, request, student=None):
    system = world.view(request).coded("marking_system", "13")
    return ok([{"code": "1" + code, "name": code, "markingSystem": system, "position": n, "min_border": low, "max_border": high, "active": True}
               for n, (code, low, high) in enumerate(GRADES)])
