#include "registrar/office/names.h"

#include <string.h>

#include "registrar/office/inside.h"
#include "registrar/store/acts.h"
#include "registrar/store/names.h"
#include "registrar/store/statistics.h"
#include "wire/json.h"

#define PROFILE_BYTES_MOST (256u << 10)
#define FOLDED_BYTES_MOST  8192
#define FOUND_AT_ONCE      512
#define STUDENTS_AT_ONCE   256 /* whose words one transaction makes: others are not kept waiting */

/* --- a profile's names ------------------------------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static const char *name_in(const json_t *profile, Language language)
{
    return text_of(json_object_get(profile, "names"), language_tag(language));
}

/* The key of every spelling of the name, one after another. */
static void fold_all(const json_t *profile, Buf *folded)
{
    static const char *const parts[] = { "surname", "given", "patronymic" };

    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        name_fold(folded, str_from(name_in(profile, language)));
        buf_add_byte(folded, ' ');
    }
    for (size_t i = 0; i < COUNT(parts); i++) {
        name_fold(folded, str_from(text_of(profile, parts[i])));
        buf_add_byte(folded, ' ');
    }
}

/* "" where it is too long to be one. */
static bool faculty_keep(StoreTransaction *transaction, int64_t student, const json_t *profile, Error *err)
{
    char code[FACULTY_SIZE];

    if (!str_copy(str_from(text_of(json_object_get(profile, "faculty"), "code")), code, sizeof code))
        code[0] = '\0';
    return faculties_put(transaction, student, code, err);
}

bool names_keep(StoreTransaction *transaction, int64_t student, const json_t *profile, Error *err)
{
    OWNED_BUF folded;

    buf_init(&folded, FOLDED_BYTES_MOST);
    fold_all(profile, &folded);
    return buf_ok(&folded, err) && names_put(transaction, student, buf_str(&folded), NAME_FOLD_VERSION, err) &&
           faculty_keep(transaction, student, profile, err);
}

bool names_keep_new(StoreTransaction *transaction, int64_t student, const json_t *profile, Error *err)
{
    OWNED_BUF folded;

    buf_init(&folded, FOLDED_BYTES_MOST);
    fold_all(profile, &folded);
    return buf_ok(&folded, err) &&
           (names_add(transaction, student, buf_str(&folded), err) || error_add(err, "names")) &&
           faculty_keep(transaction, student, profile, err);
}

static StudentName student_of(const NamedRow *row, const json_t *profile)
{
    StudentName student = { .name = name_in(profile, LANGUAGE_FIRST),
                            .group = text_of(profile, "group"),
                            .faculty = text_of(json_object_get(profile, "faculty"), "code") };

    for (Language language = 0; language < LANGUAGE_COUNT && !student.name[0]; language++)
        student.name = name_in(profile, language);
    memcpy(student.number, row->number, sizeof student.number);
    return student;
}

/* An empty body is a student of whom nothing is known. */
static json_t *profile_read(const Buf *body, Error *err)
{
    return body->len > 0 ? json_read(buf_str(body), err) : json_object();
}

/* --- words made anew --------------------------------------------------------------------------------------------- */

typedef struct Renewing {
    int64_t after, reached; /* 0: from the first; apart, since an act may be run again */
    bool more;
} Renewing;

static bool renew_some(StoreTransaction *transaction, void *arg, Error *err)
{
    Renewing *renewing = arg;
    OWNED_BUF body;
    int64_t after = renewing->after;

    buf_init(&body, PROFILE_BYTES_MOST);
    renewing->more = true;
    for (int i = 0; i < STUDENTS_AT_ONCE && renewing->more; i++) {
        NamedRow row;

        if (!names_next(transaction, after, true, NAME_FOLD_VERSION, &renewing->more, &row, &body, err))
            return false;
        if (!renewing->more)
            break;
        OWNED(json_t) profile = profile_read(&body, err);
        if (!profile || !names_keep(transaction, row.student, profile, err))
            return error_add(err, "student %lld", (long long)row.student);
        after = row.student;
    }
    renewing->reached = after;
    return true;
}

/* Students of an older registrar, or of an older folding, have no words of this one yet. */
static bool renew_words(Office *office, Error *err)
{
    Renewing renewing = { .more = true };

    while (renewing.more) {
        if (!store_write(office->store, renew_some, &renewing, err))
            return error_add(err, "names");
        renewing.after = renewing.reached;
    }
    return true;
}

/* --- walking ----------------------------------------------------------------------------------------------------- */

typedef struct Acting {
    const char *actor, *act;
    int64_t now_ms;
} Acting;

static bool write_act(StoreTransaction *transaction, void *arg, Error *err)
{
    const Acting *acting = arg;

    return acts_add(transaction, &(Act){ acting->now_ms, acting->actor, acting->act, "office", NULL }, err);
}

typedef struct Walking {
    const Str *words; /* NULL: every student */
    size_t count;
    int64_t after;
    int64_t ids[FOUND_AT_ONCE]; /* with words: found, and not visited yet from `at` on */
    size_t id_count, at;
    NamedRow row;
    Buf *body;
    bool found;
} Walking;

static bool find_more(StoreTransaction *transaction, void *arg, Error *err)
{
    Walking *walking = arg;

    walking->at = 0;
    return names_find(transaction, walking->words, walking->count, walking->after, walking->ids, FOUND_AT_ONCE,
                      &walking->id_count, err);
}

static bool read_next(StoreTransaction *transaction, void *arg, Error *err)
{
    Walking *walking = arg;

    return walking->words
               ? names_get(transaction, walking->ids[walking->at], &walking->found, &walking->row, walking->body, err)
               : names_next(transaction, walking->after, false, 0, &walking->found, &walking->row, walking->body, err);
}

/* False in *ret_more: there are no more. */
static bool walk_on(Office *office, Walking *walking, bool *ret_more, Error *err)
{
    if (walking->words && walking->at == walking->id_count && !store_read(office->store, find_more, walking, err))
        return false;
    *ret_more = !walking->words || walking->id_count > 0;
    if (!*ret_more)
        return true;
    if (!store_read(office->store, read_next, walking, err))
        return false;
    walking->after = walking->words ? walking->ids[walking->at++] : walking->row.student;
    *ret_more = walking->found || walking->words;
    return true;
}

typedef bool (*ProfileEach)(void *ctx, const StudentName *student, const json_t *profile, Error *err);

/* One student a read, so that a long list holds up nobody. */
static bool walk(Office *office, const Str *words, size_t count, ProfileEach each, void *ctx, Error *err)
{
    OWNED_BUF body;
    Walking walking = { .words = words, .count = count, .body = &body };
    bool more;

    buf_init(&body, PROFILE_BYTES_MOST);
    for (;;) {
        if (!walk_on(office, &walking, &more, err))
            return false;
        if (!more)
            return true;
        if (!walking.found)
            continue;
        OWNED(json_t) profile = profile_read(&body, err);
        if (!profile)
            return error_add(err, "student %lld", (long long)walking.row.student);
        const StudentName student = student_of(&walking.row, profile);
        if (!each(ctx, &student, profile, err))
            return false;
    }
}

/* --- searching --------------------------------------------------------------------------------------------------- */

typedef struct Searching {
    Str wanted; /* folded */
    NameEach each;
    void *ctx;
} Searching;

/* The store has looked at some of the words: here at all. */
static bool search_one(void *ctx, const StudentName *student, const json_t *profile, Error *err)
{
    const Searching *searching = ctx;
    Str rest = searching->wanted;
    OWNED_BUF folded;

    buf_init(&folded, FOLDED_BYTES_MOST);
    fold_all(profile, &folded);
    while (rest.len > 0)
        if (!name_key_has(buf_str(&folded), str_split(&rest, ' ')))
            return true;
    return searching->each(searching->ctx, student, err);
}

bool names_search(Office *office, const char *typed, const char *actor, NameEach each, void *ctx, Error *err)
{
    Acting acting = { actor, "students.searched", office_now_ms(office) };
    Str words[NAMES_WORDS_MOST];
    size_t count = 0;
    OWNED_BUF wanted;

    buf_init(&wanted, NAMES_TYPED_MOST);
    if (strlen(typed) > NAMES_TYPED_MOST || !utf8_valid(str_from(typed)))
        return error_set(err, ERR_ARGUMENT, "a name has at most %d bytes of UTF-8", NAMES_TYPED_MOST);
    name_fold(&wanted, str_from(typed));
    for (Str rest = buf_str(&wanted); rest.len > 0 && count < NAMES_WORDS_MOST;) {
        words[count++] = str_split(&rest, ' ');
        if (words[count - 1].len > words[0].len) { /* the longest finds the fewest */
            Str longest = words[count - 1];
            words[count - 1] = words[0];
            words[0] = longest;
        }
    }
    if (count == 0)
        return error_set(err, ERR_ARGUMENT, "no letters to look for");
    Searching searching = { buf_str(&wanted), each, ctx };
    return (renew_words(office, err) && store_write(office->store, write_act, &acting, err) &&
            walk(office, words, count, search_one, &searching, err)) ||
           error_add(err, "search");
}

/* --- doubts ------------------------------------------------------------------------------------------------------ */

typedef struct Doubting {
    DoubtEach each;
    void *ctx;
    size_t students;
} Doubting;

static bool tell(const Doubting *doubting, const StudentName *student, const char *part, const char *text,
                 uint32_t anomalies, Error *err)
{
    const DoubtfulName name = { *student, part, text, anomalies };

    return anomalies == 0 || doubting->each(doubting->ctx, &name, err);
}

/* A language in two scripts: the one falls back on the other, and both spell one name. */
static bool spellings_disagree(const json_t *profile, Language language)
{
    Language other;
    OWNED_BUF one;
    OWNED_BUF two;

    buf_init(&one, FOLDED_BYTES_MOST);
    buf_init(&two, FOLDED_BYTES_MOST);
    if (!language_fallback(language, &other) || language_letters(language) == language_letters(other) ||
        strncmp(language_tag(language), language_tag(other), 2) != 0)
        return false;
    const char *here = name_in(profile, language), *there = name_in(profile, other);
    name_fold(&one, str_from(here));
    name_fold(&two, str_from(there));
    return here[0] && there[0] && !str_equal(buf_str(&one), buf_str(&two));
}

/* Citizens have one; of others it is not asked. */
static bool lacks_patronymic(const json_t *profile)
{
    const char *citizenship = text_of(json_object_get(profile, "citizenship"), "code");

    return !strcmp(citizenship, "11") && !text_of(profile, "patronymic")[0];
}

static bool doubt_one(void *ctx, const StudentName *student, const json_t *profile, Error *err)
{
    Doubting *doubting = ctx;
    uint32_t record = 0;

    doubting->students++;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        const char *name = name_in(profile, language);
        uint32_t found = name[0] ? name_anomalies(str_from(name)) : 0;
        if (spellings_disagree(profile, language))
            found |= 1u << NAME_SCRIPTS_DISAGREE;
        if (!tell(doubting, student, language_tag(language), name, found, err))
            return false;
    }
    if (!name_in(profile, LANGUAGE_FIRST)[0])
        record |= 1u << NAME_MISSING;
    if (lacks_patronymic(profile))
        record |= 1u << NAME_NO_PATRONYMIC;
    return tell(doubting, student, "record", student->name, record, err);
}

bool names_doubtful(Office *office, const char *actor, DoubtEach each, void *ctx, size_t *ret_students, Error *err)
{
    Acting acting = { actor, "students.names-read", office_now_ms(office) };
    Doubting doubting = { each, ctx, 0 };

    if (!store_write(office->store, write_act, &acting, err) || !walk(office, NULL, 0, doubt_one, &doubting, err))
        return error_add(err, "names");
    *ret_students = doubting.students;
    return true;
}
