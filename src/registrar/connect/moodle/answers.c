#include <string.h>

#include "base/memory.h"
#include "registrar/connect/moodle/inside.h"

#define NAME_MOST  156 /* bytes, as the kiosk is sent them (wire/study.h) */
#define GRADE_MOST 23
#define LONG_OVER  (INT64_C(60) * 86400) /* a course that ended before is in the results by now */
#define TIME_LEAST INT64_C(1000000000)
#define TIME_MOST  INT64_C(9999999999)
#define ID_MOST    INT64_C(1000000000000000)

static const char *const names[] = {
    [MOODLE_SITE] = "core_webservice_get_site_info",
    [MOODLE_USER] = "core_user_get_users_by_field",
    [MOODLE_COURSES] = "core_enrol_get_users_courses",
    [MOODLE_GRADES] = "gradereport_overview_get_course_grades",
    [MOODLE_EVENTS] = "core_calendar_get_action_events_by_timesort",
};
static_assert(COUNT(names) == MOODLE_FUNCTION_COUNT, "a name each");

const char *moodle_function_name(MoodleFunction function)
{
    return names[function];
}

/* --- what an answer means ---------------------------------------------------------------------------------------- */

static MoodleOutcome outcome_of(const char *code)
{
    static const struct {
        const char *code;
        MoodleOutcome outcome;
    } meanings[] = {
        { "invalidtoken", MOODLE_REFUSED },
        { "accessexception", MOODLE_REFUSED },
        { "nopermissions", MOODLE_REFUSED },
        { "nopermission", MOODLE_REFUSED },
        { "required_capability_exception", MOODLE_REFUSED },
        { "servicenotavailable", MOODLE_REFUSED },
        { "servicerequireslogin", MOODLE_REFUSED },
        { "requireloginerror", MOODLE_REFUSED },
        { "wsaccessuserdeleted", MOODLE_REFUSED },
        { "wsaccessusersuspended", MOODLE_REFUSED },
        { "wsaccessuserexpired", MOODLE_REFUSED },
        { "enablewsdescription", MOODLE_REFUSED },
        { "invalidparameter", MOODLE_REFUSED }, /* a version that does not have it */
        { "invalidrecord", MOODLE_NOBODY },
        { "invaliduser", MOODLE_NOBODY },
        { "sitemaintenance", MOODLE_AWAY },
        { "upgraderunning", MOODLE_AWAY },
        { "dbconnectionfailed", MOODLE_AWAY },
        { "dmlreadexception", MOODLE_AWAY },
        { "dmlwriteexception", MOODLE_AWAY },
    };

    for (size_t i = 0; code && i < COUNT(meanings); i++)
        if (strcmp(meanings[i].code, code) == 0)
            return meanings[i].outcome;
    return MOODLE_STRANGE;
}

/* Moodle's words may hold what was asked for, so none of them are kept; its codes are our own words. */
static MoodleOutcome refused(const json_t *json, Error *err)
{
    const char *code = json_string_value(json_object_get(json, "errorcode"));
    MoodleOutcome outcome = outcome_of(code);
    ErrorCode error = outcome == MOODLE_REFUSED  ? ERR_DENIED
                      : outcome == MOODLE_NOBODY ? ERR_NOT_FOUND
                      : outcome == MOODLE_AWAY   ? ERR_OFFLINE
                                                 : ERR_PROTOCOL;

    error_set(err, error, "Moodle says %s", outcome == MOODLE_STRANGE ? "no, without a known reason" : code);
    return outcome;
}

MoodleOutcome moodle_answer(int status, Str body, json_t **ret_json, Error *err)
{
    if (status >= 500 || status == 429) {
        error_set_cause(err, ERR_OFFLINE, status, "Moodle says %d", status);
        return MOODLE_AWAY;
    }
    OWNED(json_t) json = json_read(body, err);
    if (!json)
        return err && err->code == ERR_MEMORY ? MOODLE_FAILED : MOODLE_STRANGE;
    if (json_is_object(json) && (json_object_get(json, "exception") || json_object_get(json, "errorcode")))
        return refused(json, err);
    if (status < 200 || status > 299) {
        error_set_cause(err, ERR_PROTOCOL, status, "Moodle says %d", status);
        return MOODLE_STRANGE;
    }
    *ret_json = steal(&json);
    return MOODLE_OK;
}

/* --- one field --------------------------------------------------------------------------------------------------- */

static Str text_of(const json_t *value)
{
    return (Str){ json_string_value(value), json_string_length(value) };
}

/* A whole number, written as one or as text. */
static bool whole(const json_t *object, const char *member, int64_t least, int64_t most, int64_t *ret)
{
    const json_t *value = json_object_get(object, member);

    if (json_is_string(value))
        return str_to_i64(text_of(value), least, most, ret);
    if (!json_is_integer(value) || json_integer_value(value) < least || json_integer_value(value) > most)
        return false;
    *ret = json_integer_value(value);
    return true;
}

static bool is_true(const json_t *object, const char *member)
{
    int64_t number;

    return json_is_true(json_object_get(object, member)) || (whole(object, member, 0, 1, &number) && number == 1);
}

/* "&amp;" and the like.  Moves *text behind it.  0: it is none. */
static uint32_t entity(Str *text)
{
    static const struct {
        const char *name;
        uint32_t stands_for;
    } entities[] = { { "&amp;", '&' },   { "&lt;", '<' },   { "&gt;", '>' },   { "&quot;", '"' },
                     { "&#039;", '\'' }, { "&#39;", '\'' }, { "&nbsp;", ' ' }, { "&rsquo;", 0x2019 } };

    for (size_t i = 0; i < COUNT(entities); i++) {
        Str name = str_from(entities[i].name);

        if (str_starts(*text, name)) {
            text->ptr += name.len;
            text->len -= name.len;
            return entities[i].stands_for;
        }
    }
    return 0;
}

/* Whether a tag begins here, and ends: a lone "<" is a letter. */
static bool skip_tag(Str *text)
{
    static const char begins[] = "/!abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if (text->len < 3 || text->ptr[0] != '<' || !memchr(begins, text->ptr[1], sizeof begins - 1))
        return false;
    const char *end = memchr(text->ptr, '>', text->len);
    if (!end)
        return false;
    text->len -= (size_t)(end - text->ptr) + 1;
    text->ptr = end + 1;
    return true;
}

void moodle_clean(Buf *buf, Str text, size_t most)
{
    const size_t begun = buf->len;
    bool space = false;

    while (text.len > 0) {
        if (skip_tag(&text))
            continue;
        uint32_t c = entity(&text);
        if (c == 0)
            c = utf8_next(&text);
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0) {
            space = buf->len > begun;
            continue;
        }
        if (utf8_is_unwanted(c))
            continue;
        if (buf->len - begun + 5 > most)
            return;
        if (space)
            buf_add_byte(buf, ' ');
        space = false;
        buf_add_char(buf, c);
    }
}

/* NULL: nothing is left of it, or no memory. */
static json_t *cleaned(const json_t *value, size_t most)
{
    OWNED_BUF text;

    buf_init(&text, most);
    moodle_clean(&text, text_of(value), most);
    return text.len > 0 && buf_ok(&text, NULL) ? json_stringn(text.data, text.len) : NULL;
}

static json_t *first_cleaned(const json_t *object, const char *one, const char *other, size_t most)
{
    json_t *text = cleaned(json_object_get(object, one), most);

    return text ? text : cleaned(json_object_get(object, other), most);
}

/* --- who --------------------------------------------------------------------------------------------------------- */

MoodleOutcome moodle_site(const json_t *json, int64_t *ret_user, unsigned *ret_may, Error *err)
{
    const json_t *functions = json_object_get(json, "functions"), *row;
    unsigned may = 0;
    size_t i;

    if (!json_is_array(functions)) {
        error_set(err, ERR_PROTOCOL, "Moodle does not say what may be asked");
        return MOODLE_STRANGE;
    }
    json_array_foreach(functions, i, row)
    {
        const char *name = json_string_value(json_object_get(row, "name"));

        for (int function = 0; name && function < MOODLE_FUNCTION_COUNT; function++)
            if (strcmp(name, names[function]) == 0)
                may |= MOODLE_MAY(function);
    }
    for (MoodleFunction function = MOODLE_USER; function <= MOODLE_COURSES; function++)
        if (!(may & MOODLE_MAY(function))) {
            error_set(err, ERR_DENIED, "the token's service has no %s", names[function]);
            return MOODLE_REFUSED;
        }
    if (!whole(json, "userid", 1, ID_MOST, ret_user))
        *ret_user = 0;
    *ret_may = may;
    return MOODLE_OK;
}

MoodleOutcome moodle_user(const json_t *json, const char *match, const char *number, int64_t service, int64_t *ret_user,
                          Error *err)
{
    const json_t *user = json_array_get(json, 0);

    if (!json_is_array(json) || json_array_size(json) > 1) {
        error_set(err, ERR_PROTOCOL, "Moodle knows several of one number, or tells no list");
        return MOODLE_STRANGE;
    }
    if (!user) {
        error_set(err, ERR_NOT_FOUND, "Moodle knows nobody of this number");
        return MOODLE_NOBODY;
    }
    if (!str_equal_text(text_of(json_object_get(user, match)), number) || !whole(user, "id", 1, ID_MOST, ret_user) ||
        *ret_user == service) {
        error_set(err, ERR_PROTOCOL, "Moodle tells of somebody else, or not by its field %s", match);
        return MOODLE_STRANGE;
    }
    if (is_true(user, "suspended")) {
        error_set(err, ERR_NOT_FOUND, "Moodle has suspended this student");
        return MOODLE_NOBODY;
    }
    return MOODLE_OK;
}

/* --- the part ---------------------------------------------------------------------------------------------------- */

typedef struct Making {
    const json_t *courses, *grades, *events;
    int64_t now_s;
} Making;

static const json_t *row_of(const json_t *list, const char *member, int64_t id)
{
    const json_t *row;
    int64_t other;
    size_t i;

    json_array_foreach(list, i, row) if (whole(row, member, 1, ID_MOST, &other) && other == id) return row;
    return NULL;
}

static bool is_shown(const json_t *course, int64_t now_s)
{
    int64_t end_s, visible;

    if (is_true(course, "hidden") || (whole(course, "visible", 0, 1, &visible) && visible == 0))
        return false;
    return !whole(course, "enddate", TIME_LEAST, TIME_MOST, &end_s) || end_s > now_s - LONG_OVER;
}

/* Takes value; NULL is left out. */
static bool put(json_t *object, const char *member, json_t *value)
{
    return !value || json_object_set_new(object, member, value) == 0;
}

/* "-" stands for no grade. */
static json_t *grade_of(const json_t *grades, int64_t course)
{
    const json_t *grade = json_object_get(row_of(grades, "courseid", course), "grade");

    return str_equal_text(text_of(grade), "-") ? NULL : cleaned(grade, GRADE_MOST);
}

static bool add_course(const Making *making, const json_t *row, json_t *courses)
{
    int64_t id, progress;

    if (!whole(row, "id", 1, ID_MOST, &id) || !is_shown(row, making->now_s))
        return true;
    OWNED(json_t) name = first_cleaned(row, "fullname", "shortname", NAME_MOST);
    OWNED(json_t) course = json_object();
    if (!course || !name)
        return course != NULL;
    if (!put(course, "name", json_incref(name)) || !put(course, "grade", grade_of(making->grades, id)))
        return false;
    const json_t *told = json_object_get(row, "progress");
    if (json_is_real(told) && json_real_value(told) >= 0.0 && json_real_value(told) <= 100.0)
        progress = (int64_t)json_real_value(told);
    else if (!whole(row, "progress", 0, 100, &progress))
        return json_array_append(courses, course) == 0;
    return put(course, "progress", json_integer(progress)) && json_array_append(courses, course) == 0;
}

/* Of a course that is not the student's nothing is told, whoever's it is. */
static bool add_deadline(const Making *making, const json_t *row, json_t *deadlines)
{
    const json_t *course;
    int64_t at_s, id;

    if (!whole(json_object_get(row, "course"), "id", 1, ID_MOST, &id) ||
        !(course = row_of(making->courses, "id", id)) || !is_shown(course, making->now_s) ||
        !(whole(row, "timesort", TIME_LEAST, TIME_MOST, &at_s) ||
          whole(row, "timestart", TIME_LEAST, TIME_MOST, &at_s)))
        return true;
    OWNED(json_t) name = first_cleaned(row, "activityname", "name", NAME_MOST);
    OWNED(json_t) deadline = json_object();
    if (!deadline || !name)
        return deadline != NULL;
    return put(deadline, "at_s", json_integer(at_s)) && put(deadline, "name", json_incref(name)) &&
           put(deadline, "course", first_cleaned(course, "fullname", "shortname", NAME_MOST)) &&
           json_array_append(deadlines, deadline) == 0;
}

static bool add_all(const Making *making, json_t *courses, json_t *deadlines)
{
    const json_t *row;
    size_t i;

    json_array_foreach(making->courses, i, row)
    {
        if (json_array_size(courses) < MOODLE_COURSES_MOST && !add_course(making, row, courses))
            return false;
    }
    json_array_foreach(making->events, i, row)
    {
        if (json_array_size(deadlines) < MOODLE_DEADLINES_MOST && !add_deadline(making, row, deadlines))
            return false;
    }
    return true;
}

json_t *moodle_part(const json_t *courses, const json_t *grades, const json_t *events, int64_t now_s, Error *err)
{
    const Making making = { .courses = courses,
                            .grades = json_object_get(grades, "grades"),
                            .events = json_object_get(events, "events"),
                            .now_s = now_s };

    if (!json_is_array(courses) || (grades && !json_is_array(making.grades)) ||
        (events && !json_is_array(making.events))) {
        error_set(err, ERR_PROTOCOL, "Moodle's lists are none");
        return NULL;
    }
    OWNED(json_t) told = json_array();
    OWNED(json_t) deadlines = json_array();
    if (told && deadlines && add_all(&making, told, deadlines)) {
        json_t *part = json_pack("{s:O}", "courses", told);

        if (part && (!events || json_object_set(part, "deadlines", deadlines) == 0))
            return part;
        json_decref(part);
    }
    error_set(err, ERR_MEMORY, "Moodle's lists");
    return NULL;
}
