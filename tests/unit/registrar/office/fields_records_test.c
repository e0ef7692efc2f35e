/* What papers say of every part of a record: of a whole one, of one that lacks a part, of one that others filled. */
#include "fields_fixture.h"

#include "registrar/office/fields_inside.h"

static json_t *whole;

static int open_whole(void **state)
{
    whole = json_load_file(SOURCE_DIR "/tests/unit/registrar/office/records/whole.json", JSON_REJECT_DUPLICATES, NULL);
    return whole ? bench_open(state) : -1;
}

static int close_whole(void **state)
{
    json_decref(whole);
    return bench_close(state);
}

static char missing[64];

static json_t *shown(const json_t *parts, const char *fields, Language language)
{
    static const CampaignFound session = {
        .state = CAMPAIGN_AHEAD, .opens = { 2026, 12, 1 }, .from = { 2027, 1, 11 }, .to = { 2027, 1, 30 }
    };
    OWNED_RECORD record = record_of(parts);
    FieldSources sources = sources_of(&record);

    sources.session = &session;
    sources.valid_days = 10;
    return show(&sources, fields, language, missing);
}

/* --- single fields ------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name, *uz, *ru, *en;
} singles[] = {
    { "student.name", "Gʻulomova Oʻgʻiloy Masʼud qizi", "Гуломова Угилой Масъуд кизи", "Ugiloy GULOMOVA" },
    { "student.passport_name", "GULOMOVA UGILOY", "GULOMOVA UGILOY", "GULOMOVA UGILOY" },
    { "student.gender", "ayol", "женский", "female" },
    { "student.accommodation", "talabalar turar joyida", "в общежитии", "dormitory" },
    { "student.social", "yoʻq", "нет", "none" },
    { "student.address", "Xiva shahri, Polvon qori koʻchasi, 5-uy", "город Хива, улица Палван-кори, 5",
      "5 Polvon Qori Street, Khiva" },
    { "study.status", "oʻqishni bitirgan", "окончил(а) обучение", "graduated" },
    { "study.language", "oʻzbek", "узбекский", "Uzbek" },
    { "study.year", "2", "2", "2" },
    { "admission.date", "2024-yil 28-avgust", "28 августа 2024 г.", "28 August 2024" },
    { "admission.points", "168,3", "168,3", "168.3" },
    { "prior.name", "Xiva shahridagi 3-maktab", "Школа № 3 города Хивы", "School No. 3, Khiva" },
    { "graduation.qualification", "Buxgalter", "Бухгалтер", "Accountant" },
    { "leaving.reason", "darslarni sababsiz qoldirgani uchun", "за пропуски занятий без уважительной причины",
      "missed classes without excuse" },
    { "leave.reason", "sogʻligʻi tufayli", "по состоянию здоровья", "health" },
    { "leave.to", "2027-yil 1-sentabr", "1 сентября 2027 г.", "1 September 2027" },
    /* 6x5 + 6x4 + 5x2 + 2x4 + 5x5 + 1x3 = 100 over 25 */
    { "results.count", "6", "6", "6" },
    { "results.credits", "20", "20", "20" },
    { "results.credits_total", "25", "25", "25" },
    { "results.sum_products", "100", "100", "100" },
    { "results.gpa", "4,00", "4,00", "4.00" },
    { "results.gpa_rounded", "4,0", "4,0", "4.0" },
    { "results.letter", "B", "B", "B" },
    { "results.hours", "750", "750", "750" },
    { "gpa.hemis", "3,1", "3,1", "3.1" },
    { "promotion.limit", "2,4", "2,4", "2.4" },
    { "promotion.meets", "Kursdan kursga oʻtish talabi bajarilgan.",
      "Требование для перевода на следующий курс выполнено.",
      "The requirement for promotion to the next year is met." },
    { "debts.count", "1", "1", "1" },
    { "debts.credits", "5", "5", "5" },
    { "debts.fee", "1 000 000", "1 000 000", "1 000 000" }, /* 12 000 000 x 5 / 60 */
    { "debts.fee_per_credit", "200 000", "200 000", "200 000" },
    { "assessments.period", "2026/2027", "2026/2027", "2026/2027" },
    { "assessments.semester", "5-semestr", "5-й семестр", "semester 5" },
    { "schedule.period", "2026-yil 23–28-noyabr", "23–28 ноября 2026 г.", "23–28 November 2026" },
    { "exams.count", "2", "2", "2" },
    { "exams.first", "2027-yil 11-yanvar", "11 января 2027 г.", "11 January 2027" },
    { "exams.last", "2027-yil 14-yanvar", "14 января 2027 г.", "14 January 2027" },
    { "session.from", "2027-yil 11-yanvar", "11 января 2027 г.", "11 January 2027" },
    { "session.to", "2027-yil 30-yanvar", "30 января 2027 г.", "30 January 2027" },
    { "session.days", "20", "20", "20" },
    { "contract.kind", "tabaqalashtirilgan toʻlov-shartnoma", "дифференцированный контракт",
      "differentiated contract" },
    { "contract.sum", "14 500 000", "14 500 000", "14 500 000" },
    { "contract.sum_words", "oʻn toʻrt million besh yuz ming soʻm", "четырнадцать миллионов пятьсот тысяч сумов",
      "fourteen million five hundred thousand soʻm" },
    { "contract.discount", "500 000", "500 000", "500 000" },
    { "contract.paid_percent", "50 %", "50 %", "50%" },
    { "contract.due", "7 250 000", "7 250 000", "7 250 000" },
    { "scholarship.name", "Oshirilgan stipendiya", "Повышенная стипендия", "Increased scholarship" },
    { "scholarship.monthly", "512 000", "512 000", "512 000" },
    { "dormitory.building", "3-talabalar turar joyi", "Общежитие № 3", "Residence 3" },
    { "dormitory.fee_month", "180 000", "180 000", "180 000" },
    { "clearance.cleared", "1", "1", "1" },
    { "clearance.of", "2", "2", "2" },
    { "distribution.employer", "“Xiva don” AJ", "АО «Хива дон»", "Xiva Don JSC" },
    { "distribution.salary", "3 200 000", "3 200 000", "3 200 000" },
    { "distribution.agreed", "ha", "да", "yes" },
    { "personal.order_date", "2026-yil 2-oktabr", "2 октября 2026 г.", "2 October 2026" },
    { "issued.valid_until", "2026-yil 4-dekabr", "4 декабря 2026 г.", "4 December 2026" },
};

static void expect(const json_t *values, const char *name, Language language, const char *wanted)
{
    char seen[512];

    plain(value(values, name), seen, sizeof seen);
    if (strcmp(seen, wanted) != 0)
        fail_msg("%s in %s: %s", name, language_tag(language), seen);
}

static void each_field_says_it_in_the_papers_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(singles); i++) {
        const struct {
            Language language;
            const char *wanted;
        } in[] = { { LANGUAGE_UZ, singles[i].uz }, { LANGUAGE_RU, singles[i].ru }, { LANGUAGE_EN, singles[i].en } };

        for (size_t k = 0; k < COUNT(in); k++) {
            json_t *values = shown(whole, singles[i].name, in[k].language);

            assert_string_equal(missing, "");
            expect(values, singles[i].name, in[k].language, in[k].wanted);
            assert_int_equal(json_object_size(values), 1 + !json_object_get(values, "x")); /* and what is sealed */
            json_decref(values);
        }
    }
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *list, *columns;
    Language language;
    const char *rows; /* cells by "|", rows by ";" */
} lists[] = {
    { "results.rows", "n,semester,academic_year,subject,code,credits,points,mark,letter,passed,product", LANGUAGE_UZ,
      "1|1-semestr|2024/2025|Iqtisodiyot nazariyasi|IQT1101|6|91,5|5|A+||30;"
      "2|2-semestr|2024/2025|Matematika|MAT1202|6|72|4|B||24;"
      "3|3-semestr|2025/2026|Statistika|STA2101|5|41|2|–|*|10;"
      "4|3-semestr|2025/2026|Kurs ishi: audit|KI2101|2|88|4|B||8;"
      "5|4-semestr|2025/2026|Amaliyot|AM2201|5|95|5|A+||25;"
      "6|4-semestr|2025/2026|Davlat attestatsiyasi|YDA2201|1|65|3|C||3" },
    { "results.subjects", "n,subject,name,date", LANGUAGE_EN,
      "1|Economics|excellent|17 Jan 2025;2|Mathematics|good|10 Jun 2025;3|Statistics|fail|15 Jan 2026" },
    { "results.coursework", "n,subject,mark", LANGUAGE_RU, "1|Курсовая работа: аудит|4" },
    { "results.practice", "n,hours", LANGUAGE_UZ, "1|150" },
    { "results.attestation", "n,mark", LANGUAGE_UZ, "1|3" },
    { "results.semesters", "n,title,academic_year,credits,gpa,subjects,debts", LANGUAGE_UZ,
      "1|1-semestr|2024/2025|6|5,00|1|0;2|2-semestr|2024/2025|6|4,00|1|0;3|3-semestr|2025/2026|2|2,57|2|1;"
      "4|4-semestr|2025/2026|6|4,67|2|0" },
    { "results.years", "academic_year,credits,gpa,gpa_rounded", LANGUAGE_EN,
      "2024/2025|12|4.50|4.5;2025/2026|8|3.54|3.5" },
    { "results.scale", "points,mark,letter,name", LANGUAGE_RU,
      "90–100|5|A+|отлично;70–89|4|B|хорошо;60–69|3|C|удовлетворительно;0–59|2|–|неудовлетворительно" },
    { "results.letters", "letter,range", LANGUAGE_EN,
      "A+|4.51–5.00;A|4.26–4.50;B+|4.01–4.25;B|3.51–4.00;C+|3.26–3.50;C|3.00–3.25" },
    { "gpa.rows", "n,academic_year,gpa,credits,can_transfer", LANGUAGE_UZ,
      "1|2024/2025|4,5|12|ha;2|2025/2026|3,1|12|yoʻq" },
    { "debts.rows", "n,subject,credits,points,required,fee", LANGUAGE_UZ, "1|Statistika|5|41|60|1 000 000" },
    { "assessments.rows", "n,subject,current,midterm,final,total,max,mark,absent_hours", LANGUAGE_UZ,
      "1|Audit|24 / 30|17,5 / 20|44 / 50|85,5|100|4|4;2|Soliqlar|21 / 30|12 / 20|–|33|50|–|0" },
    { "schedule.rows", "n,day,pair,time,subject,kind,room,building,teacher,weeks", LANGUAGE_RU,
      "1|Понедельник|2|10:00–11:20|Аудит|лекция|204|Корпус A|N. Tursunov|;"
      "2|Вторник|1|08:30–09:50|Налоги|практическое занятие|A-204|Корпус A|N. Toʻrayev|нечётные недели" },
    { "exams.rows", "n,date,weekday,time,subject,kind,attempt,room", LANGUAGE_UZ,
      "1|11.01.2027|Dushanba|09:00|Audit|yakuniy nazorat|2-qaydnoma|B-110;"
      "2|14.01.2027|Payshanba|14:00|Soliqlar|yakuniy nazorat|1-qaydnoma|B-110" },
    { "contract.payments", "n,date,sum,reference", LANGUAGE_UZ,
      "1|10.09.2026|4 000 000|PQ-7;2|01.10.2026|3 250 000|PQ-18" },
    { "contract.dues", "n,date,sum", LANGUAGE_EN, "1|1 Feb 2027|7 250 000" },
    { "clearance.rows", "n,unit,state,date", LANGUAGE_UZ,
      "1|Axborot-resurs markazi (kutubxona)|qarzi yoʻq|18.11.2026;2|Buxgalteriya|qarzi bor|" },
    { "personal.rows", "n,subject,hours,credits,teacher,until", LANGUAGE_EN,
      "1|Statistics|150|5|N. Tursunov|20 Dec 2026" },
};

static void add_rows(Buf *said, const json_t *rows, const char *columns)
{
    size_t i;
    json_t *row;
    char cell[256];

    json_array_foreach((json_t *)(uintptr_t)rows, i, row)
    {
        Str rest = str_from(columns);

        for (bool first = true; rest.len; first = false) {
            Str column = str_split(&rest, ',');
            const json_t *text = json_object_getn(row, column.ptr, column.len);

            assert_true(json_is_string(text)); /* never a hole in a table */
            plain(json_string_value(text), cell, sizeof cell);
            buf_add_format(said, "%s%s", first ? (i ? ";" : "") : "|", cell);
        }
    }
}

static void each_list_has_its_rows_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        char fields[256];
        OWNED_BUF said;

        snprintf(fields, sizeof fields, "%s[%s]", lists[i].list, lists[i].columns);
        buf_init(&said, 1u << 16);
        json_t *values = shown(whole, fields, lists[i].language);
        add_rows(&said, json_object_get(values, lists[i].list), lists[i].columns);
        if (strcmp(buf_text(&said), lists[i].rows) != 0)
            fail_msg("%s: %s", lists[i].list, buf_text(&said));
        json_decref(values);
    }
}

/* --- the whole registry ------------------------------------------------------------------------------------------- */

/* The list that a field stands in; NULL: none. */
static const FieldRow *list_of(const FieldGroup *group, size_t index)
{
    for (size_t i = index; i-- > 0;)
        if (group->rows[i].rows) {
            const size_t length = strlen(group->rows[i].name);

            return !strncmp(group->rows[index].name, group->rows[i].name, length) &&
                           group->rows[index].name[length] == '.'
                       ? &group->rows[i]
                       : NULL;
        }
    return NULL;
}

static json_t *shown_alone(const json_t *parts, const FieldGroup *group, size_t index, const FieldRow **ret_list)
{
    const FieldRow *row = &group->rows[index];
    char fields[160];

    *ret_list = list_of(group, index);
    if (*ret_list)
        snprintf(fields, sizeof fields, "%s[%s]", (*ret_list)->name, row->name + strlen((*ret_list)->name) + 1);
    else
        snprintf(fields, sizeof fields, row->rows ? "%s[n]" : "%s", row->name);
    if (row->rows && (!strcmp(row->name, "results.scale") || !strcmp(row->name, "results.letters")))
        snprintf(fields, sizeof fields, "%s[letter]", row->name);
    return shown(parts, fields, LANGUAGE_UZ);
}

/* No field of a whole record is without a value, but those that others bring, and none of them is unknown. */
static bool may_lack(const FieldRow *row)
{
    return row->due != DUE_RECORD || row->large || !strcmp(row->name, "contract.overpaid");
}

static void a_whole_record_has_every_field(void **state)
{
    (void)state;
    for (size_t g = 0; g < FIELD_GROUPS; g++)
        for (size_t i = 0; i < field_groups[g]->count; i++) {
            const FieldRow *row = &field_groups[g]->rows[i], *list;

            assert_true(field_known(row->name));
            if (may_lack(row))
                continue;
            json_t *values = shown_alone(whole, field_groups[g], i, &list);
            if (missing[0] || !json_object_get(values, list ? list->name : row->name))
                fail_msg("%s has no value", row->name);
            json_decref(values);
        }
}

static void a_part_that_is_missing_leaves_its_fields_without_a_value(void **state)
{
    json_t *bare = json_object();
    const FieldRow *list;

    (void)state;
    for (size_t g = 0; g < FIELD_GROUPS; g++)
        for (size_t i = 0; i < field_groups[g]->count; i++) {
            const FieldRow *row = &field_groups[g]->rows[i];

            if (row->part == PART_NONE || row->large)
                continue;
            json_t *values = shown_alone(bare, field_groups[g], i, &list);
            const char *name = list ? list->name : row->name;

            if (json_object_get(values, name))
                fail_msg("%s has a value out of nothing", name);
            assert_string_equal(missing, name);
            json_decref(values);
        }
    json_decref(bare);
}

/* Records come from other systems: whatever stands where something else should, nothing breaks, and what can't be read
 * has no value. */
static void spoil(json_t *json, int how)
{
    const char *key;
    json_t *member;
    void *next;
    size_t i;

    json_object_foreach_safe(json, next, key, member)
    {
        if (json_is_object(member) || json_is_array(member)) {
            spoil(member, how);
            continue;
        }
        switch (how) {
        case 0: json_object_set_new(json, key, json_null()); break;
        case 1: json_object_set_new(json, key, json_integer(-7)); break;
        case 2: json_object_set_new(json, key, json_string("")); break;
        case 3: json_object_set_new(json, key, json_array()); break;
        case 4: json_object_set_new(json, key, json_real(1e300)); break;
        case 5: json_object_set_new(json, key, json_string("99999999999999999999")); break;
        case 6: json_object_set_new(json, key, json_true()); break;
        case 7: json_object_set_new(json, key, json_pack("{s:s}", "uz", "{}")); break;
        default: json_object_del(json, key); break;
        }
    }
    json_array_foreach(json, i, member)
    {
        spoil(member, how);
    }
}

static void what_others_filled_breaks_nothing(void **state)
{
    const FieldRow *list;

    (void)state;
    for (int how = 0; how < 9; how++) {
        json_t *spoilt = json_deep_copy(whole);

        spoil(spoilt, how);
        for (size_t g = 0; g < FIELD_GROUPS; g++)
            for (size_t i = 0; i < field_groups[g]->count; i++)
                if (!field_groups[g]->rows[i].large) {
                    json_t *values = shown_alone(spoilt, field_groups[g], i, &list);

                    if (!missing[0] && field_groups[g]->rows[i].due == DUE_RECORD)
                        assert_non_null(json_object_get(values, list ? list->name : field_groups[g]->rows[i].name));
                    json_decref(values);
                }
        json_decref(spoilt);
    }
}

static void figures_are_read_however_they_are_written(void **state)
{
    static const struct {
        const char *json, *number, *decimal;
    } cases[] = {
        { "7250000", "7 250 000", "7 250 000" },
        { "\"7250000\"", "7 250 000", "7 250 000" },
        { "7250000.0", "7 250 000", "7 250 000" },
        { "\"7250000.00\"", "7 250 000", "7 250 000" },
        { "3.9", "(absent)", "3,9" },
        { "\"3,94\"", "(absent)", "3,94" },
        { "\"-0.5\"", "(absent)", "-0,5" },
        { "\"3.945\"", "(absent)", "(absent)" },
        { "\"x\"", "(absent)", "(absent)" },
        { "\"\"", "(absent)", "(absent)" },
        { "null", "(absent)", "(absent)" },
        { "1e300", "(absent)", "(absent)" },
        { "\"1.\"", "1", "1" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        json_t *parts = json_object();

        json_object_set_new(parts, "contract",
                            json_pack("{s:o}", "paid", json_loads(cases[i].json, JSON_DECODE_ANY, NULL)));
        json_object_set_new(
            parts, "profile",
            json_pack("{s:{s:o}}", "admission", "points", json_loads(cases[i].json, JSON_DECODE_ANY, NULL)));
        json_t *values = shown(parts, "contract.paid admission.points", LANGUAGE_UZ);
        char seen[64];
        plain(value(values, "contract.paid"), seen, sizeof seen);
        if (strcmp(seen, cases[i].number) != 0)
            fail_msg("%s is the number %s", cases[i].json, seen);
        plain(value(values, "admission.points"), seen, sizeof seen);
        if (strcmp(seen, cases[i].decimal) != 0)
            fail_msg("%s is the decimal %s", cases[i].json, seen);
        json_decref(values);
        json_decref(parts);
    }
}

/* --- much, and nothing -------------------------------------------------------------------------------------------- */

static json_t *with_results(json_t *results)
{
    json_t *parts = json_deep_copy(whole);

    json_object_set_new(parts, "results", results);
    return parts;
}

static void ninety_subjects_are_ninety_rows(void **state)
{
    json_t *results = json_array();

    (void)state;
    for (int i = 0; i < 90; i++)
        json_array_append_new(results,
                              json_pack("{s:i, s:s, s:{s:s, s:{s:s}}, s:i, s:i, s:i, s:i, s:s}", "semester", 8 - i % 8,
                                        "academic_year", "2025/2026", "subject", "code", "S", "names", "uz",
                                        "Nomi juda uzun boʻlgan va ikki yozuvda аралаш ёзилган fan", "hours", 60,
                                        "credits", 2, "points", 70, "mark", 4, "date", "2026-01-10"));
    json_t *parts = with_results(results);
    json_t *values = shown(parts, "results.gpa results.credits results.rows[n,semester,subject]", LANGUAGE_UZ);
    const json_t *rows = json_object_get(values, "results.rows");
    assert_int_equal(json_array_size(rows), 90);
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "semester")), "1-semestr");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 89), "semester")), "8-semestr");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 89), "n")), "90");
    assert_string_equal(value(values, "results.gpa"), "4,00");
    assert_string_equal(value(values, "results.credits"), "180");
    json_decref(values);
    json_decref(parts);
}

static void an_empty_list_is_no_missing_field(void **state)
{
    json_t *parts = with_results(json_array());

    (void)state;
    json_t *values = shown(parts, "results.count results.rows[n] debts.rows[n] debts.count", LANGUAGE_UZ);
    assert_string_equal(missing, "");
    assert_int_equal(json_array_size(json_object_get(values, "debts.rows")), 0);
    assert_string_equal(value(values, "debts.count"), "0");
    json_decref(values);
    values = shown(parts, "results.gpa", LANGUAGE_UZ); /* there is no average of nothing */
    assert_string_equal(missing, "results.gpa");
    json_decref(values);
    json_decref(parts);
}

/* Nobody is told that there are no debts because a row can't be counted. */
static void results_that_cant_be_counted_are_no_results(void **state)
{
    json_t *parts = with_results(json_loads("[{\"semester\": \"x\"}]", 0, NULL));

    (void)state;
    json_t *values = shown(parts, "debts.rows[n]", LANGUAGE_UZ);
    assert_string_equal(missing, "debts.rows");
    json_decref(values);
    json_decref(parts);
}

static void a_name_too_long_for_any_paper_is_missing(void **state)
{
    json_t *parts = json_deep_copy(whole);
    OWNED_BUF name;

    (void)state;
    buf_init(&name, 1u << 16);
    for (int i = 0; i < 3000; i++)
        buf_add_text(&name, "Ў");
    json_object_set_new(json_object_get(json_object_get(parts, "profile"), "names"), "uz-Cyrl",
                        json_string(buf_text(&name)));
    json_t *values = shown(parts, "student.name", LANGUAGE_UZ_CYRL);
    assert_string_equal(missing, "student.name");
    json_decref(values);
    json_decref(parts);
}

static void the_day_of_the_data_is_that_of_the_oldest_part(void **state)
{
    OWNED_RECORD record = record_of(whole);
    FieldSources sources = sources_of(&record);

    (void)state;
    record.as_of_s[PART_CONTRACT] = AS_OF_S - 2 * 86400;
    record.as_of_s[PART_PHOTO] = AS_OF_S - 900 * 86400; /* no statement of a day */
    json_t *profile = show(&sources, "record.date student.name", LANGUAGE_UZ, missing);
    json_t *contract = show(&sources, "record.date contract.paid", LANGUAGE_UZ, missing);
    expect(profile, "record.date", LANGUAGE_UZ, "2026-yil 24-noyabr");
    expect(contract, "record.date", LANGUAGE_UZ, "2026-yil 22-noyabr");
    json_decref(profile);
    json_decref(contract);
}

static void a_photo_is_large_and_others_are_not(void **state)
{
    json_t *parts = json_deep_copy(whole);
    OWNED_RECORD record = record_of(parts);
    FieldSources sources = sources_of(&record);
    OWNED_BUF body, value;

    (void)state;
    buf_init(&body, 1u << 18);
    buf_init(&value, 1u << 18);
    for (int i = 0; i < 87382; i++)
        buf_add_byte(&body, 'A');
    json_object_set_new(record.parts[PART_PHOTO], "body", json_string(buf_text(&body)));
    fields_write(&sources, "student.photo", LANGUAGE_UZ, &value);
    assert_int_equal(value.len, 87382);
    assert_false(field_is_of_record("student.photo")); /* nothing for a glass */
    assert_true(field_is_of_record("student.passport_name"));
    assert_false(field_is_of_record("copy.n") || field_is_of_record("receiver") ||
                 field_is_of_record("results.rows.subject") || field_is_of_record("results.rows"));
    json_decref(parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_says_it_in_the_papers_language),
        cmocka_unit_test(each_list_has_its_rows_in_order),
        cmocka_unit_test(a_whole_record_has_every_field),
        cmocka_unit_test(a_part_that_is_missing_leaves_its_fields_without_a_value),
        cmocka_unit_test(what_others_filled_breaks_nothing),
        cmocka_unit_test(figures_are_read_however_they_are_written),
        cmocka_unit_test(ninety_subjects_are_ninety_rows),
        cmocka_unit_test(an_empty_list_is_no_missing_field),
        cmocka_unit_test(results_that_cant_be_counted_are_no_results),
        cmocka_unit_test(a_name_too_long_for_any_paper_is_missing),
        cmocka_unit_test(the_day_of_the_data_is_that_of_the_oldest_part),
        cmocka_unit_test(a_photo_is_large_and_others_are_not),
    };

    return cmocka_run_group_tests(tests, open_whole, close_whole);
}
