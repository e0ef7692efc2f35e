"""Which members HEMIS's answers have, as the facts of its interface list them: of both readings, where sources disagree."""
ME = """id first_name second_name third_name full_name short_name student_id_number image birth_date passport_pin passport_number email phone gender
university specialty studentStatus educationForm educationType paymentForm group faculty educationLang level semester avg_gpa password_valid address
country province district socialCategory povertyLevel accommodation universityOwnership validateUrl hash""".split()


def both(words):
    return {"a": words.split(), "b": words.split()}


CURRICULUM = "subject subjectType _semester total_acload credit"
EXAM = "id subject examType finalExamType semester educationYear group faculty department employee auditorium examDate"

# lists of the student API
EXPECTED = {
    "education/semesters": {"a": "id code name current education_year weeks".split(), "b": "id code name current education_year".split()},
    "education/schedule": both("""id subject faculty department educationYear semester group auditorium trainingType lessonPair employee lesson_date
        _week weekStartTime weekEndTime"""),
    "education/subjects": both(CURRICULUM),
    "education/subject-list": both("_semester curriculumSubject overallScore gradesByExam grades"),
    "education/performance": both(CURRICULUM + """ overallScore gradesByExam subject_ball student_ball max_ball tasks_count submits_count marked_count
        resources_count absent_count tasks grades"""),
    "education/attendance": both("id subject semester trainingType lessonPair employee absent_on absent_off explicable lesson_date"),
    "education/exam-table?semester=17": {"a": EXAM.split(), "b": EXAM.split()},
    "education/gpa-list": {key: ("id _student _group educationYear level gpa credit_sum subjects debt_subjects method created_at " + spelt).split()
                           for key, spelt in (("a", "can_transfer"), ("b", "can_trasfer"))},
    "education/grade-type-list": both("code name markingSystem position min_border max_border active"),
    "student/decree": both("id number name department decreeType file date"),
    "student/document": both("id name type file attributes"),
    "student/document-all": both("id name type file attributes"),
}

# lists of the data API
LISTS = {
    "student-list": """id meta_id full_name short_name first_name second_name third_name image image_full student_id_number birth_date avg_gpa avg_grade
        total_credit university gender department specialty group educationYear country province district terrain citizenship semester level
        educationForm educationType paymentForm studentType socialCategory povertyLevel accommodation studentStatus _curriculum email phone created_at
        updated_at hash""".split(),
    "academic-record-list": """id _curriculum _education_year _semester _student _employee _subject employee_name semester_name student_name
        student_id_number subject_name subject_code education_type education_form total_acload credit total_point grade finish_credit_status
        retraining_status created_at updated_at""".split(),
    "attendance-list": """id subject student employee educationYear semester group trainingType lessonPair lesson_date absent_on absent_off
        explicable""".split(),
    "group-list": "id name educationLang department specialty _curriculum active".split(),
    "marking-system-list": "code name count_final_exams minimum_limit gpa_limit".split(),
    "classifier-list": "name classifier version options".split(),
    "diploma-list": """id uid _student avg_grade diploma_number register_number register_date department university educationType educationForm
        educationYear diplomaCategory specialty group enroll_year graduate_year education_period diploma_file supplement_file accepted
        published""".split(),
    "contract-list": "id key _education_year _student _data".split(),
}
