#include "registrar/demo/lists.h"

#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/letters.h"
#include "registrar/demo/lists_inside.h"

#define FILE_BYTES_MOST (1u << 20)
#define TEXT_BYTES      65536u
#define FIELDS_MOST     8
#define MEN             0
#define WOMEN           1

struct Text {
    Text *next;
    size_t used;
    char bytes[TEXT_BYTES];
};

/* --- texts that live as long as the lists ------------------------------------------------------------------------ */

bool lists_keep(Lists *lists, Str text, const char **ret, Error *err)
{
    if (text.len >= TEXT_BYTES)
        return error_set(err, ERR_RANGE, "text of %zu bytes", text.len);
    if (!lists->texts || TEXT_BYTES - lists->texts->used <= text.len) {
        Text *block = mem_new(1, sizeof *block);

        if (!block)
            return error_set(err, ERR_MEMORY, "lists");
        block->next = lists->texts;
        lists->texts = block;
    }
    char *place = lists->texts->bytes + lists->texts->used;
    memcpy(place, text.ptr, text.len); /* the zero behind it stands there already */
    lists->texts->used += text.len + 1;
    *ret = place;
    return true;
}

bool lists_keep_buf(Lists *lists, const Buf *buf, const char **ret, Error *err)
{
    return buf_ok(buf, err) && lists_keep(lists, buf_str(buf), ret, err);
}

/* --- lines ------------------------------------------------------------------------------------------------------- */

/* No quotes, so that texts stand in JSON as they are. */
static bool line_is_plain(Str line)
{
    for (size_t i = 0; i < line.len; i++)
        if ((unsigned char)line.ptr[i] < ' ' || line.ptr[i] == '"' || line.ptr[i] == '\\')
            return false;
    return utf8_valid(line);
}

static bool read_lines(Lists *lists, const char *folder, const char *name, LineEach each, void *ctx, Error *err)
{
    char path[PATH_MAX];
    OWNED_BUF bytes;
    int number = 0;

    buf_init(&bytes, FILE_BYTES_MOST);
    if (!path_join(path, sizeof path, folder, name, err) || !file_read(path, &bytes, err))
        return error_add(err, "%s", name);
    for (Str rest = buf_str(&bytes); rest.ptr;) {
        Str line = str_trim(str_split(&rest, '\n'));

        number++;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (!line_is_plain(line) || !each(lists, ctx, line, err)) {
            if (err->code == ERR_NONE)
                error_set(err, ERR_FORMAT, "not a line of this file");
            return error_add(err, "%s:%d", name, number);
        }
    }
    return true;
}

bool lists_split(Str line, Str fields[], size_t count)
{
    size_t found = 0;

    while (line.ptr && found < count)
        fields[found++] = str_trim(str_split(&line, '|'));
    for (size_t i = 0; i < found; i++)
        if (fields[i].len == 0)
            return false;
    return found == count && !line.ptr;
}

/* The word before the next blank; empty at the end. */
static Str next_word(Str *rest)
{
    Str word;

    *rest = str_trim(*rest);
    word = str_split(rest, ' ');
    return word;
}

bool lists_full(Error *err, const char *what)
{
    return error_set(err, ERR_RANGE, "more %s than there is room for", what);
}

/* --- names of people --------------------------------------------------------------------------------------------- */

static bool add_spelled(Lists *lists, SpelledList *list, Str word, bool cyrillic, Error *err)
{
    Spelled *item = &list->items[list->count];
    OWNED_BUF other;
    OWNED_BUF russian;

    buf_init(&other, 256);
    buf_init(&russian, 256);
    if (list->count == SPELLED_MOST)
        return lists_full(err, "names");
    if (cyrillic)
        letters_to_latin(&other, word);
    else
        letters_to_cyrillic(&other, word);
    if (cyrillic)
        buf_add_str(&russian, word);
    else
        letters_to_russian(&russian, buf_str(&other));
    if (!lists_keep(lists, word, cyrillic ? &item->cyrillic : &item->latin, err) ||
        !lists_keep_buf(lists, &other, cyrillic ? &item->latin : &item->cyrillic, err) ||
        !lists_keep_buf(lists, &russian, &item->russian, err))
        return false;
    list->count++;
    return true;
}

/* Karimov, Karimova; Островский, Островская; Ким, Ким. */
static void add_womans_surname(Buf *buf, Str surname)
{
    static const char *const endings[] = { "ov", "ev", "in", "ов", "ев", "ёв", "ин" };
    Str cyrillic = STR("ский"), latin = STR("skiy");

    if (str_ends(surname, cyrillic) || str_ends(surname, latin)) {
        bool in_cyrillic = str_ends(surname, cyrillic);

        buf_add(buf, surname.ptr, surname.len - (in_cyrillic ? strlen("ий") : strlen("iy")));
        buf_add_text(buf, in_cyrillic ? "ая" : "aya");
        return;
    }
    buf_add_str(buf, surname);
    for (size_t i = 0; i < COUNT(endings); i++)
        if (str_ends(surname, str_from(endings[i]))) {
            buf_add_text(buf, i < 3 ? "a" : "а");
            return;
        }
}

/* Baxtiyor oʻgʻli, Baxtiyor qizi; Polat uli; Sharifovich, Sharifovna; Сергее-вич. */
static void add_patronymic(Buf *buf, Str father, Str how, bool woman)
{
    if (str_equal_text(how, "vich")) {
        buf_add_str(buf, father);
        buf_add_text(buf, woman ? "вна" : "вич");
    } else if (str_equal_text(how, "ovich")) {
        char last = father.ptr[father.len - 1];
        size_t len = last == 'y' ? father.len - 1 : father.len;

        buf_add(buf, father.ptr, len);
        buf_add_text(buf, strchr("aiouy", last) ? "ye" : "o");
        buf_add_text(buf, woman ? "vna" : "vich");
    } else {
        buf_add_str(buf, father);
        buf_add_text(buf, woman ? " qizi" : str_equal_text(how, "uli") ? " uli" : " oʻgʻli");
    }
}

typedef struct PeopleReading {
    bool abroad;
    char how[8]; /* patronymics are made */
} PeopleReading;

static bool add_names(Lists *lists, const PeopleReading *reading, People *people, Str key, Str words, Error *err)
{
    bool surnames = str_equal_text(key, "surnames"), fathers = str_equal_text(key, "fathers");

    while (words.ptr && str_trim(words).len > 0) {
        Str word = next_word(&words);

        for (int woman = MEN; woman <= WOMEN; woman++) {
            SpelledList *list = surnames  ? &people->surnames[woman]
                                : fathers ? &people->fathers[woman]
                                          : &people->given[str_equal_text(key, "women")];
            OWNED_BUF made;

            buf_init(&made, 256);
            if (surnames && woman && !reading->abroad)
                add_womans_surname(&made, word);
            else if (fathers)
                add_patronymic(&made, word, str_from(reading->how), woman);
            else
                buf_add_str(&made, word);
            if (!buf_ok(&made, err) || !add_spelled(lists, list, buf_str(&made), people->cyrillic, err))
                return false;
            if (!surnames && !fathers)
                break;
        }
    }
    return true;
}

static bool begin_people(Lists *lists, const PeopleReading *reading, Str name, Error *err)
{
    size_t *count = reading->abroad ? &lists->abroad_count : &lists->people_count;
    People *people = reading->abroad ? &lists->abroad[*count] : &lists->peoples[*count];

    if (*count == PEOPLES_MOST)
        return lists_full(err, "peoples");
    (*count)++;
    return lists_keep(lists, name, &people->name, err);
}

static bool read_people(Lists *lists, void *ctx, Str line, Error *err)
{
    PeopleReading *reading = ctx;
    size_t count = reading->abroad ? lists->abroad_count : lists->people_count;
    Str value = line, key;
    uint64_t share;

    if (line.ptr[0] == '[' && line.len > 2 && line.ptr[line.len - 1] == ']')
        return begin_people(lists, reading, (Str){ line.ptr + 1, line.len - 2 }, err);
    if (count == 0)
        return false;
    People *people = reading->abroad ? &lists->abroad[count - 1] : &lists->peoples[count - 1];
    key = str_split(&value, ':');
    value = str_trim(value);
    if (str_starts(key, STR("more ")))
        key = (Str){ key.ptr + strlen("more "), key.len - strlen("more ") };
    if (str_equal_text(key, "share")) {
        bool read = str_to_u64(value, 1, 100, &share);

        people->share = read ? (int)share : 0;
        return read;
    }
    if (str_equal_text(key, "script")) {
        people->cyrillic = str_equal_text(value, "cyrillic");
        return people->cyrillic || str_equal_text(value, "latin");
    }
    if (str_equal_text(key, "father"))
        return str_copy(value, reading->how, sizeof reading->how);
    return (str_equal_text(key, "surnames") || str_equal_text(key, "men") || str_equal_text(key, "women") ||
            str_equal_text(key, "fathers")) &&
           value.len > 0 && add_names(lists, reading, people, key, value, err);
}

/* --- subjects, programmes, faculties ----------------------------------------------------------------------------- */

static void add_names_json(Buf *buf, Str uz, Str ru, Str en)
{
    buf_add_format(buf, "{\"en\":\"" STR_FMT "\",\"ru\":\"" STR_FMT "\",\"uz\":\"" STR_FMT "\",\"uz-Cyrl\":\"",
                   STR_ARG(en), STR_ARG(ru), STR_ARG(uz));
    letters_to_cyrillic(buf, uz);
    buf_add_text(buf, "\"}");
}

/* fields: code, Uzbek, Russian, English */
static bool keep_coded(Lists *lists, const Str fields[4], const char **ret_json, Error *err)
{
    OWNED_BUF json;

    buf_init(&json, 4096);
    buf_add_format(&json, "{\"code\":\"" STR_FMT "\",\"names\":", STR_ARG(fields[0]));
    add_names_json(&json, fields[1], fields[2], fields[3]);
    buf_add_byte(&json, '}');
    return lists_keep_buf(lists, &json, ret_json, err);
}

static bool read_subject(Lists *lists, void *ctx, Str line, Error *err)
{
    Subject *subject = &lists->subjects[lists->subject_count];
    Str fields[4];

    (void)ctx;
    if (lists->subject_count == SUBJECTS_MOST)
        return lists_full(err, "subjects");
    lists->subject_count++;
    return lists_split(line, fields, COUNT(fields)) && lists_keep(lists, fields[0], &subject->code, err) &&
           keep_coded(lists, fields, &subject->json, err);
}

static const char *kind_of(char sign)
{
    return sign == 'k' ? "coursework" : sign == 'p' ? "practice" : sign == 'a' ? "attestation" : NULL;
}

/* "MAT101 6", "SON301 4*", "AMA202 4p" */
static bool add_course(const Lists *lists, Programme *programme, Str text)
{
    Str code = next_word(&text), credits = str_trim(text);
    size_t at = programme->semester_count - 1, *count = &programme->semesters[at].count;
    Course *course = &programme->semesters[at].courses[*count];
    uint64_t number;

    if (*count == COURSES_MOST)
        return false;
    course->chosen = str_ends(credits, STR("*"));
    course->kind = credits.len > 0 ? kind_of(credits.ptr[credits.len - 1]) : NULL;
    credits.len -= course->chosen || course->kind;
    for (size_t i = 0; i < lists->subject_count && !course->subject; i++)
        if (str_equal_text(code, lists->subjects[i].code))
            course->subject = &lists->subjects[i];
    if (!course->subject || !str_to_u64(credits, 1, 30, &number))
        return false;
    course->credits = (int)number;
    (*count)++;
    return true;
}

static bool read_curriculum(Lists *lists, void *ctx, Str line, Error *err)
{
    Str rest = line, id, fields[4];

    (void)ctx;
    if (line.ptr[0] == '[') {
        Programme *programme = &lists->programmes[lists->programme_count];

        if (lists->programme_count == PROGRAMMES_MOST)
            return lists_full(err, "programmes");
        lists->programme_count++;
        id = str_split(&rest, ']');
        return lists_split(rest, fields, COUNT(fields)) &&
               lists_keep(lists, (Str){ id.ptr + 1, id.len - 1 }, &programme->id, err) &&
               lists_keep(lists, fields[0], &programme->code, err) && keep_coded(lists, fields, &programme->json, err);
    }
    if (lists->programme_count == 0)
        return false;
    Programme *programme = &lists->programmes[lists->programme_count - 1];
    (void)str_split(&rest, ':');
    if (!rest.ptr || programme->semester_count == SEMESTERS_MOST)
        return false;
    programme->semester_count++;
    while (rest.ptr)
        if (!add_course(lists, programme, str_trim(str_split(&rest, ','))))
            return false;
    return true;
}

/* "IQ:dro", "DA:dr6" */
static bool add_teaching(Lists *lists, Faculty *faculty, Str text, Error *err)
{
    size_t at = faculty->teaching_count;
    Str ways = text, id = str_split(&ways, ':');
    uint64_t years = 0;

    if (at == TEACHINGS_MOST || ways.len == 0)
        return false;
    if (ways.ptr[ways.len - 1] >= '1' && ways.ptr[ways.len - 1] <= '9') {
        years = (uint64_t)(ways.ptr[ways.len - 1] - '0');
        ways.len--;
    }
    for (size_t i = 0; i < lists->programme_count; i++)
        if (str_equal_text(id, lists->programmes[i].id))
            faculty->teachings[at].programme = &lists->programmes[i];
    for (size_t i = 0; i < ways.len; i++)
        if (!strchr("drepsbojm", ways.ptr[i]))
            return false;
    faculty->teachings[at].years = (int)years;
    faculty->teaching_count++;
    return faculty->teachings[at].programme && lists_keep(lists, ways, &faculty->teachings[at].ways, err);
}

static bool read_faculty(Lists *lists, void *ctx, Str line, Error *err)
{
    Faculty *faculty = &lists->faculties[lists->faculty_count];
    Str fields[6];
    OWNED_BUF names;

    (void)ctx;
    buf_init(&names, 4096);
    if (lists->faculty_count == FACULTIES_MOST)
        return lists_full(err, "faculties");
    lists->faculty_count++;
    if (!lists_split(line, fields, COUNT(fields)))
        return false;
    add_names_json(&names, fields[2], fields[3], fields[4]);
    if (!lists_keep(lists, fields[0], &faculty->id, err) || !lists_keep(lists, fields[1], &faculty->code, err) ||
        !lists_keep_buf(lists, &names, &faculty->names_json, err))
        return false;
    while (fields[5].ptr)
        if (!add_teaching(lists, faculty, next_word(&fields[5]), err))
            return false;
    return true;
}

/* --- institutions ------------------------------------------------------------------------------------------------ */

static bool read_place(Lists *lists, Str line, Error *err)
{
    Place *place = &lists->places[lists->place_count];
    const char **const to[] = { &place->id, &place->uz,   &place->ru,       &place->ru_adjective,
                                &place->en, &place->post, &place->telephone };
    Str fields[COUNT(to) + 1];

    if (lists->place_count == PLACES_MOST)
        return lists_full(err, "places");
    lists->place_count++;
    if (!lists_split(line, fields, COUNT(fields)))
        return false;
    for (size_t i = 0; i < COUNT(to); i++)
        if (!lists_keep(lists, fields[i], to[i], err))
            return false;
    for (size_t i = 0; i < lists->people_count; i++)
        if (str_equal_text(fields[COUNT(to)], lists->peoples[i].name))
            place->people = &lists->peoples[i];
    return place->people != NULL;
}

static bool read_kind(Lists *lists, Str line, Error *err)
{
    Kind *kind = &lists->kinds[lists->kind_count];
    Str fields[5];

    if (lists->kind_count == KINDS_MOST)
        return lists_full(err, "kinds");
    lists->kind_count++;
    if (!lists_split(line, fields, COUNT(fields)) || !lists_keep(lists, fields[0], &kind->id, err) ||
        !lists_keep(lists, fields[1], &kind->uz, err) || !lists_keep(lists, fields[2], &kind->ru, err) ||
        !lists_keep(lists, fields[3], &kind->en, err))
        return false;
    while (fields[4].ptr) {
        Str id = next_word(&fields[4]);
        size_t before = kind->faculty_count;

        for (size_t i = 0; i < lists->faculty_count && kind->faculty_count < FACULTIES_MOST; i++)
            if (str_equal_text(id, lists->faculties[i].id))
                kind->faculties[kind->faculty_count++] = &lists->faculties[i];
        if (kind->faculty_count == before)
            return false;
    }
    return true;
}

static bool read_institutions(Lists *lists, void *ctx, Str line, Error *err)
{
    bool *kinds = ctx;

    if (line.ptr[0] == '[') {
        *kinds = str_equal_text(line, "[kinds]");
        return *kinds || str_equal_text(line, "[places]");
    }
    return *kinds ? read_kind(lists, line, err) : read_place(lists, line, err);
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

static bool check_peoples(const People *peoples, size_t count, bool abroad)
{
    for (size_t i = 0; i < count; i++)
        for (int woman = MEN; woman <= WOMEN; woman++)
            if (peoples[i].surnames[woman].count == 0 || peoples[i].given[woman].count == 0 ||
                (!abroad && (peoples[i].fathers[woman].count == 0 || peoples[i].share == 0)))
                return false;
    return count > 0;
}

static bool read_all(Lists *lists, const char *folder, Error *err)
{
    PeopleReading at_home = { .how = "son" }, abroad = { .abroad = true };
    bool kinds = false;
    AroundSection section = AROUND_SECTION_COUNT;

    return (read_lines(lists, folder, "names.txt", read_people, &at_home, err) &&
            read_lines(lists, folder, "names-abroad.txt", read_people, &abroad, err) &&
            read_lines(lists, folder, "subjects.txt", read_subject, NULL, err) &&
            read_lines(lists, folder, "curricula.txt", read_curriculum, NULL, err) &&
            read_lines(lists, folder, "faculties.txt", read_faculty, NULL, err) &&
            read_lines(lists, folder, "institutions.txt", read_institutions, &kinds, err) &&
            read_lines(lists, folder, "around.txt", lists_read_around, &section, err)) ||
           error_add(err, "%.80s", folder);
}

Lists *lists_open(const char *folder, Error *err)
{
    Error own = { 0 };
    Error *told = err ? err : &own;
    OWNED(Lists) lists = mem_new(1, sizeof *lists);

    if (!lists) {
        error_set(told, ERR_MEMORY, "lists");
        return NULL;
    }
    error_clear(told);
    if (!read_all(lists, folder, told))
        return NULL;
    if (!check_peoples(lists->peoples, lists->people_count, false) ||
        !check_peoples(lists->abroad, lists->abroad_count, true) || !lists->faculty_count || !lists->place_count ||
        !lists->kind_count || !lists_have_around(lists)) {
        error_set(told, ERR_FORMAT, "%.80s: a list is empty", folder);
        return NULL;
    }
    return steal(&lists);
}

void lists_close(Lists *lists)
{
    if (!lists)
        return;
    while (lists->texts) {
        Text *next = lists->texts->next;

        mem_free(lists->texts);
        lists->texts = next;
    }
    mem_free(lists);
}
