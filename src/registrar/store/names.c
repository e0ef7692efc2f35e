#include "registrar/store/names.h"

#include "registrar/store/transaction.h"

#define WORD_BYTES_MOST 512
#define AFTER_ALL       "\U0010FFFF" /* no word goes on with it: word..word AFTER_ALL holds all that begin with word */

#define PROFILE         " LEFT JOIN record r ON r.institution = s.institution AND r.student = s.id AND r.part = 'profile'"

static bool put_word(StoreTransaction *transaction, int64_t student, Str word, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO student_word (institution, word, student) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
               ((Value){ .kind = VALUE_TEXT, .bytes = word }), INT(student));
}

/* A name's words come again in each of its languages: each is put once. */
static bool came_before(Str all, Str word)
{
    for (Str rest = { all.ptr, (size_t)(word.ptr - all.ptr) }; rest.len > 0;)
        if (str_equal(str_split(&rest, ' '), word))
            return true;
    return false;
}

bool names_add(StoreTransaction *transaction, int64_t student, Str folded, Error *err)
{
    bool done = true;

    for (Str rest = folded; done && rest.len > 0;) {
        Str word = str_split(&rest, ' ');

        if (word.len > 0 && word.len <= WORD_BYTES_MOST && !came_before(folded, word))
            done = put_word(transaction, student, word, err);
    }
    return done;
}

bool names_put(StoreTransaction *transaction, int64_t student, Str folded, int folding, Error *err)
{
    return (RUN(transaction, err, NULL, "DELETE FROM student_word WHERE institution = ?1 AND student = ?2",
                INT(student)) &&
            RUN(transaction, err, NULL, "UPDATE student SET name_fold = ?3 WHERE institution = ?1 AND id = ?2",
                INT(student), INT(folding)) &&
            names_add(transaction, student, folded, err)) ||
           error_add(err, "names");
}

static bool read_row(Rows *rows, bool *ret_found, NamedRow *ret, Buf *profile, Error *err)
{
    if (!rows_next(rows, ret_found, err))
        return error_add(err, "names");
    buf_clear(profile);
    if (*ret_found) {
        ret->student = rows_int(rows, 0);
        rows_text(rows, 1, ret->number, sizeof ret->number);
        buf_add_str(profile, rows_bytes(rows, 2));
    }
    return buf_ok(profile, err);
}

bool names_next(StoreTransaction *transaction, int64_t after, bool stale, int folding, bool *ret_found, NamedRow *ret,
                Buf *profile, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT s.id, s.number, r.body FROM student s" PROFILE
                 " WHERE s.institution = ?1 AND s.id > ?2 AND (?3 = 0 OR s.name_fold IS NULL OR s.name_fold <> ?4) "
                 "ORDER BY s.id LIMIT 1",
                 INT(after), INT(stale), INT(folding)) &&
            read_row(&rows, ret_found, ret, profile, err)) ||
           error_add(err, "next student");
}

bool names_get(StoreTransaction *transaction, int64_t student, bool *ret_found, NamedRow *ret, Buf *profile, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err,
                 "SELECT s.id, s.number, r.body FROM student s" PROFILE " WHERE s.institution = ?1 AND s.id = ?2",
                 INT(student)) &&
            read_row(&rows, ret_found, ret, profile, err)) ||
           error_add(err, "student");
}

static bool read_ids(StoreTransaction *transaction, const Value from[], const Value to[], int64_t after, int64_t *ids,
                     size_t most, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool row;

#define HAS(from, to)                                                                                                  \
    " AND EXISTS (SELECT 1 FROM student_word o WHERE o.institution = ?1 AND o.student = w.student"                     \
    " AND o.word >= " from " AND o.word < " to ")"
    if (!ROWS(&rows, transaction, err,
              "SELECT DISTINCT w.student FROM student_word w WHERE w.institution = ?1 AND w.word >= ?4 AND w.word < ?5"
              " AND w.student > ?2" HAS("?6", "?7") HAS("?8", "?9") " ORDER BY w.student LIMIT ?3",
              INT(after), INT(most), from[0], to[0], from[1], to[1], from[2], to[2]))
        return false;
#undef HAS
    for (*ret_count = 0; *ret_count < most; (*ret_count)++) {
        if (!rows_next(&rows, &row, err))
            return false;
        if (!row)
            break;
        ids[*ret_count] = rows_int(&rows, 0);
    }
    return true;
}

/* A place that is not asked for has the first word again, which everybody has who was found. */
bool names_find(StoreTransaction *transaction, const Str *words, size_t count, int64_t after, int64_t *ids, size_t most,
                size_t *ret_count, Error *err)
{
    Buf ends[NAMES_WORDS_MOST];
    Value from[NAMES_WORDS_MOST], to[NAMES_WORDS_MOST];

    assert(count >= 1 && count <= NAMES_WORDS_MOST);
    for (size_t i = 0; i < NAMES_WORDS_MOST; i++) {
        Str word = words[i < count ? i : 0];
        buf_init(&ends[i], WORD_BYTES_MOST + sizeof AFTER_ALL);
        buf_add_str(&ends[i], word);
        buf_add_text(&ends[i], AFTER_ALL);
        from[i] = (Value){ .kind = VALUE_TEXT, .bytes = word };
        to[i] = (Value){ .kind = VALUE_TEXT, .bytes = buf_str(&ends[i]) };
    }
    bool done = read_ids(transaction, from, to, after, ids, most, ret_count, err);
    for (size_t i = 0; i < NAMES_WORDS_MOST; i++)
        buf_fini(&ends[i]);
    return done || error_add(err, "students by name");
}
