"""How HEMIS writes things: coded values, names in the language asked for, dates, and the fields on which sources disagree.  Tags name the
source, as the facts have them: S1 the vendor's own text, S2, S3 live clients, S4 ... others.

A View is one answer's way of writing: its language, the reading, and the address that it stands at.
"""
import calendar
import time
import zlib

LANGUAGES = {"uz-UZ": "uz", "oz-UZ": "uz-Cyrl", "ru-RU": "ru", "en-US": "en"}  # S1, S2, S3

TASHKENT = 5 * 3600

CLASSIFIERS = {  # S6
    "education_type": {"11": "Bakalavriat", "12": "Magistratura", "13": "Ordinatura", "14": "PhD", "15": "DSc"},
    "education_form": {"11": "Kunduzgi", "12": "Kechki", "13": "Sirtqi", "14": "Maxsus sirtqi", "15": "Ikkinchi oliy", "16": "Masofaviy",
                       "17": "Qo‘shma"},
    "student_status": {"10": "Boshqa", "11": "O‘qimoqda", "12": "Chetlashgan", "13": "Akademik ta’til", "14": "Bitirgan"},
    "payment_form": {"11": "Davlat granti", "12": "To‘lov-shartnoma"},
    "course": {str(10 + n): "%d-kurs" % n for n in range(1, 7)},
    "semester": {str(10 + n): "%d-semestr" % n for n in range(1, 13)},
    "semester_type": {"11": "Kuzgi", "12": "Bahorgi"},
    "gender": {"11": "Erkak", "12": "Ayol"},
    "language": {"11": "O‘zbek", "12": "Rus", "13": "Qoraqalpoq", "14": "Ingliz"},
    "accommodation": {"11": "O‘z uyida", "12": "Qarindoshlarinikida", "13": "Tanishlarinikida", "14": "Ijarada", "15": "Talabalar turar joyida"},
    "social_category": {"10": "Boshqa", "11": "Yetim", "12": "Nogironligi bor", "13": "Ota-ona qaramog‘isiz", "14": "Harbiy farzandi"},
    "poverty_level": {"11": "Yo‘q", "12": "Kam ta’minlangan"},
    "citizenship": {"11": "O‘zbekiston Respublikasi fuqarosi", "12": "Xorijiy davlat fuqarosi", "13": "Fuqaroligi yo‘q"},
    "exam_type": {"11": "JN", "12": "ON", "13": "YN", "14": "Umumiy"},
    "final_exam_type": {"11": "1-qaydnoma", "12": "2-qaydnoma", "13": "3-qaydnoma"},
    "training_type": {"11": "Ma’ruza", "12": "Laboratoriya", "13": "Amaliy", "14": "Seminar", "15": "Trening", "16": "Kurs ishi", "17": "Mustaqil"},
    "subject_type": {"11": "Majburiy", "12": "Tanlov"},
    "decree_type": {"11": "Chetlashtirish", "12": "Akademik ta’til", "13": "Kursda qoldirish", "14": "Kursdan kursga o‘tkazish", "15": "Qayta tiklash",
                    "16": "Ko‘chirish", "17": "Bitirish", "18": "Stipendiya", "19": "Shaxsiy grafik", "20": "BMI mavzusi", "21": "Qabul"},
    "expel_reason": {"11": "O‘z xohishi", "12": "Ko‘chirish", "13": "Sog‘ligi", "14": "Intizom", "15": "Dars qoldirish", "16": "To‘lov qilinmagan",
                     "17": "Ozodlikdan mahrum etish", "18": "Qabul qoidalari", "19": "Vafot"},
    "academic_reason": {"11": "Harbiy xizmat", "12": "Sog‘ligi", "13": "Homiladorlik", "14": "Bola parvarishi"},
    "marking_system": {"11": "Reyting", "12": "Besh ballik", "13": "Kredit"},
    "structure_type": {"11": "Fakultet", "12": "Kafedra", "13": "Bo‘lim", "14": "Boshqarma", "15": "Markaz", "16": "Rektorat"},
    "ownership": {"11": "Davlat"},
    "student_type": {"11": "Oddiy"},
    "terrain": {"11": "Shahar"},
}

PAIR_TIMES = {1: ("08:30", "09:50"), 2: ("10:00", "11:20"), 3: ("11:30", "12:50"), 4: ("13:30", "14:50"), 5: ("15:00", "16:20"),
              6: ("16:30", "17:50"), 7: ("17:30", "18:50"), 8: ("19:00", "20:20")}

# What holds words of somebody, and so gets his token when a test asks for them.
MARKED = {"name", "full_name", "short_name", "first_name", "second_name", "third_name", "address", "fullName", "eduSpeciality", "contractNumber",
          "student_name", "employee_name", "subject_name", "subject_label", "number", "value", "specialty", "faculty_name", "label", "message"}


def number_of(word):
    """A number for a word, the same each time: an id of what all students share."""
    return zlib.crc32(word.encode()) % 900000 + 1000


def parse_day(day):
    return calendar.timegm(time.strptime(day, "%Y-%m-%d"))


def format_day(seconds):
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def year_code(academic_year):
    return academic_year[:4]


def mark(payload, token):
    """Puts a student's token into all his words; in place."""
    if isinstance(payload, list):
        for item in payload:
            mark(item, token)
    elif isinstance(payload, dict):
        for key, value in payload.items():
            if isinstance(value, str):
                if key in MARKED and value and token not in value:
                    payload[key] = value + " " + token
            else:
                mark(value, token)


class View:
    def __init__(self, world, base, language):
        self.world, self.base, self.reading = world, base, world.reading
        self.language = LANGUAGES.get(language, "uz")

    def either(self, a, b):
        """What the one or the other source says."""
        return a if self.reading == "a" else b

    def words(self, names):
        if names is None:
            return None
        return names.get(self.language) or names.get("uz")

    @staticmethod
    def coded(classifier, code):
        if code is None:
            return None
        return {"code": code, "name": CLASSIFIERS[classifier].get(code, code)}

    def day(self, day):
        """Seconds of a day: of its first moment in UTC (b: in Tashkent, which is 19:00 of the day before in UTC)."""
        if not day:
            return None
        return parse_day(day) - self.either(0, TASHKENT)

    def moment(self, day, clock):
        hours, minutes = clock.split(":")
        return parse_day(day) + int(hours) * 3600 + int(minutes) * 60 - TASHKENT

    def number(self, value, places=None):
        """Of those that live servers write as text and the vendor's text as numbers."""
        if value is None:
            return None
        text = str(value) if places is None else "%.*f" % (places, float(value))
        return self.either(text, float(text) if "." in text else int(text))

    @staticmethod
    def year(academic_year, current=None):
        value = {"code": year_code(academic_year), "name": academic_year.replace("/", "-")}
        if current is not None:
            value["current"] = current
        return value

    def subject(self, subject):
        return {"id": number_of(subject["code"]), "code": subject["code"], "name": self.words(subject["names"])}

    def faculty(self, faculty):
        return {"id": number_of(faculty["code"]), "name": self.words(faculty["names"]), "code": faculty["code"],
                "structureType": self.coded("structure_type", "11"), "localityType": {"code": "11", "name": "Mahalliy"}, "parent": None, "active": True}

    def department(self, student):
        return self.faculty(student.profile["faculty"])

    def group(self, profile):
        return {"id": number_of(profile["group"]), "name": profile["group"], "educationLang": self.coded("language", profile["language"])}

    def employee(self, name):
        return {"id": number_of(name), "name": self.either(name, name.upper())} if name else None

    def pair(self, number, times=None):
        begins, ends = times or PAIR_TIMES.get(number, PAIR_TIMES[1])
        return {"code": str(number), "name": str(number), "start_time": begins, "end_time": ends}

    def room(self, row):
        building = row.get("building")
        return {"code": number_of(row["room"]), "name": row["room"], "volume": 30, "auditoriumType": {"code": "11", "name": "Ma’ruza"},
                "building": {"id": number_of(building["uz"]), "name": self.words(building)} if building else None}

    def semester(self, student, number, **more):
        return {"id": student.own_id(0, number), "code": str(10 + number), "name": "%d-semestr" % number, **more}

    def label(self, names, upper=False):
        """A name as HEMIS's Uzbek keyboards write it, with U+2018."""
        text = names.replace("ʻ", "‘").replace("ʼ", "’")
        return text.upper() if upper else text


def semesters(student):
    """Number and academic year of each, the running one last."""
    entry, last = student.profile["entry_year"], student.profile["semester"]
    return [(n, "%d/%d" % (entry + (n - 1) // 2, entry + (n - 1) // 2 + 1)) for n in range(1, last + 1)]


def year_of(student, number):
    first = student.profile["entry_year"] + (number - 1) // 2
    return "%d/%d" % (first, first + 1)


def semester_of(request, key="semester"):
    """1 .. 12 of a request's code, None when it names none."""
    code = request.query.get(key) or request.query.get("_" + key)
    if code and code.isdigit() and 11 <= int(code) <= 22:
        return int(code) - 10
    return None
