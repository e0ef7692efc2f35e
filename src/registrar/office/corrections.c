#include "registrar/office/corrections.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "registrar/store/acts.h"
#include "registrar/store/students.h"
#include "wire/json.h"

#define PROFILE_BYTES_MOST (1u << 20)
#define NAME_LETTERS_MOST  39 /* as many as the passport's own line has (ICAO Doc 9303, part 4: TD3) */

static const char *answer(const Correction *correction, const char *field)
{
    const char *by_clerk = correction->staff ? answers_get(correction->staff, field) : NULL;

    return by_clerk ? by_clerk : answers_get(correction->answers, field);
}

/* Capitals of the passport's machine-readable line, written with one blank or hyphen between two where it has a filler.
 */
static bool is_passport_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const size_t length = strlen(name);
    size_t at = strspn(name, letters);
    bool fits = at > 0;

    while (fits && at < length) {
        const size_t part = name[at] == ' ' || name[at] == '-' ? strspn(name + at + 1, letters) : 0;

        fits = part > 0;
        at += 1 + part;
    }
    return fits && length <= NAME_LETTERS_MOST;
}

static void capitals(const char *name, char *array, size_t size)
{
    str_copy_cut(str_trim(str_from(name)), array, size);
    for (; *array; array++)
        if (*array >= 'a' && *array <= 'z')
            *array = (char)(*array - 'a' + 'A');
}

typedef struct PassportName {
    char surname[64], given[64];
} PassportName;

static const char *read_name(const Correction *correction, PassportName *ret)
{
    capitals(answer(correction, "surname"), ret->surname, sizeof ret->surname);
    capitals(answer(correction, "given"), ret->given, sizeof ret->given);
    if (!is_passport_name(ret->surname))
        return "surname";
    return is_passport_name(ret->given) ? NULL : "given";
}

void correction_check(const Correction *correction, const char **ret_lacks)
{
    PassportName name;

    *ret_lacks = read_name(correction, &name);
}

static bool log_correction(StoreTransaction *transaction, const Correction *correction, Error *err)
{
    OWNED_BUF object, detail;

    buf_init(&object, 48);
    buf_init(&detail, 256);
    buf_add_format(&object, "student:%lld", (long long)correction->student);
    buf_add_format(&detail, "{\"what\":\"%s\",\"request\":\"%s\"}", correction->what, correction->source);
    return buf_ok(&object, err) && buf_ok(&detail, err) &&
           acts_add(transaction,
                    &(Act){ correction->now_ms, correction->clerk, "record.corrected", buf_text(&object),
                            buf_text(&detail) },
                    err);
}

/* Beside the value stands where it is from, so that what HEMIS says later is not taken for the same. */
static bool put_name(json_t *profile, const Correction *correction, Error *err)
{
    PassportName name;

    (void)read_name(correction, &name);
    json_t *value = json_pack("{s:s, s:s, s:s, s:I}", "surname", name.surname, "given", name.given, "source",
                              correction->source, "as_of_s", (json_int_t)(correction->now_ms / 1000));
    return (value && json_object_set_new(profile, "passport_name", value) == 0) ||
           error_set(err, ERR_MEMORY, "passport name");
}

bool correction_write(StoreTransaction *transaction, const Correction *correction, Error *err)
{
    OWNED_BUF body, corrected;
    int64_t as_of_s;
    bool found;

    buf_init(&body, PROFILE_BYTES_MOST);
    buf_init(&corrected, PROFILE_BYTES_MOST);
    if (!records_get(transaction, correction->student, "profile", &found, &body, &as_of_s, err))
        return error_add(err, "correction");
    OWNED(json_t) profile = found ? json_read(buf_str(&body), err) : json_object();
    return (profile && put_name(profile, correction, err) && json_write(profile, &corrected, err) &&
            records_correct(transaction, correction->student, "profile", buf_str(&corrected), err) &&
            log_correction(transaction, correction, err)) ||
           error_add(err, "correction");
}
