#include "registrar/store/acts.h"

#include <string.h>

#include "base/crypto.h"
#include "base/random.h"
#include "registrar/store/transaction.h"

#define DETAIL_BYTES_MOST (1u << 20)

bool act_detail_hash(Str salt, Str detail, uint8_t ret[ACT_HASH_SIZE], Error *err)
{
    OWNED_BUF bytes;

    buf_init(&bytes, DETAIL_BYTES_MOST);
    buf_add_str(&bytes, salt);
    buf_add_str(&bytes, detail);
    return buf_ok(&bytes, err) && sha256(buf_str(&bytes), ret, err);
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

typedef struct Salts {
    uint8_t entry[ACT_SALT_SIZE], detail[ACT_SALT_SIZE];
} Salts;

static bool word_fits(const char *word)
{
    return word[0] && strlen(word) <= ACT_TEXT_MOST;
}

static bool add_entry(StoreTransaction *transaction, const Act *act, const Salts *salts, Value detail_hash, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO act (institution, id, era, at_ms, actor, act, object, salt, detail_hash) VALUES (?1,"
               " (SELECT coalesce(max(id), 0) + 1 FROM act WHERE institution = ?1),"
               " (SELECT era FROM institution WHERE institution = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
               INT(act->at_ms), TEXT(act->actor), TEXT(act->act), TEXT(act->object), BYTES(salts->entry, ACT_SALT_SIZE),
               detail_hash);
}

static bool add(StoreTransaction *transaction, const Act *act, Value keep_until_s, Error *err)
{
    const Random random = random_system();
    uint8_t detail_hash[ACT_HASH_SIZE];
    Salts salts;

    if (!word_fits(act->actor) || !word_fits(act->act) || !word_fits(act->object) || act->at_ms < 0)
        return error_set(err, ERR_ARGUMENT, "words or time of an act");
    if (!random_fill(&random, &salts, sizeof salts, err))
        return false;
    if (!act->detail)
        return add_entry(transaction, act, &salts, NOTHING, err);
    const Str salt = { (const char *)salts.detail, ACT_SALT_SIZE };
    return act_detail_hash(salt, str_from(act->detail), detail_hash, err) &&
           add_entry(transaction, act, &salts, BYTES(detail_hash, ACT_HASH_SIZE), err) &&
           RUN(transaction, err, NULL,
               "INSERT INTO act_detail (institution, act, salt, body, keep_until_s) VALUES (?1,"
               " (SELECT max(id) FROM act WHERE institution = ?1), ?2, ?3, ?4)",
               BLOB(salt), TEXT(act->detail), keep_until_s);
}

bool acts_add(StoreTransaction *transaction, const Act *act, Error *err)
{
    return add(transaction, act, INT(act->at_ms / 1000 + ACT_DETAIL_KEPT_S), err) || error_add(err, "act %s", act->act);
}

bool acts_add_for_ever(StoreTransaction *transaction, const Act *act, Error *err)
{
    return add(transaction, act, NOTHING, err) || error_add(err, "act %s", act->act);
}

bool acts_count(StoreTransaction *transaction, const char *object, int64_t *ret, Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!ROWS(&rows, transaction, err, "SELECT count(*) FROM act WHERE institution = ?1 AND object = ?2",
              TEXT(object)) ||
        !rows_next(&rows, &row, err))
        return false;
    *ret = rows_int(&rows, 0);
    return true;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

#define ENTRIES                                                                                                        \
    "SELECT a.id, coalesce(a.position, 0), a.era, a.at_ms, a.actor, a.act, a.object, a.salt, a.detail_hash, a.prev,"   \
    " a.hash, d.salt, d.body FROM act a LEFT JOIN act_detail d ON d.institution = a.institution AND d.act = a.id"      \
    " WHERE a.institution = ?1"

static ActEntry read_entry(const Rows *rows)
{
    return (ActEntry){ .id = rows_int(rows, 0),
                       .position = rows_int(rows, 1),
                       .era = rows_int(rows, 2),
                       .at_ms = rows_int(rows, 3),
                       .actor = rows_bytes(rows, 4),
                       .act = rows_bytes(rows, 5),
                       .object = rows_bytes(rows, 6),
                       .salt = rows_bytes(rows, 7),
                       .detail_hash = rows_bytes(rows, 8),
                       .prev = rows_bytes(rows, 9),
                       .hash = rows_bytes(rows, 10),
                       .has_detail = !rows_is_null(rows, 11),
                       .detail_salt = rows_bytes(rows, 11),
                       .detail = rows_bytes(rows, 12) };
}

static bool visit_rows(Rows *rows, ActVisit visit, void *ctx, size_t *ret_count, Error *err)
{
    bool row;

    *ret_count = 0;
    if (!rows_next(rows, &row, err))
        return false;
    while (row) {
        const ActEntry entry = read_entry(rows);

        ++*ret_count;
        if (!visit(ctx, &entry, err) || !rows_next(rows, &row, err))
            return false;
    }
    return true;
}

bool acts_sealed(StoreTransaction *transaction, int64_t after, size_t most, ActVisit visit, void *ctx,
                 size_t *ret_count, Error *err)
{
    OWNED_ROWS near, far;
    const int64_t until = after > INT64_MAX - (int64_t)most ? INT64_MAX : after + (int64_t)most;

    near = far = (Rows){ 0 };
    /* By a range: a PostgreSQL that has not counted its rows yet would sort all that come after, for each page anew. */
    if (!ROWS(&near, transaction, err, ENTRIES " AND a.position > ?2 AND a.position <= ?3 ORDER BY a.position",
              INT(after), INT(until)) ||
        !visit_rows(&near, visit, ctx, ret_count, err))
        return error_add(err, "sealed acts");
    return *ret_count > 0 ||
           (ROWS(&far, transaction, err, ENTRIES " AND a.position > ?2 ORDER BY a.position LIMIT ?3", INT(after),
                 INT(most)) &&
            visit_rows(&far, visit, ctx, ret_count, err)) ||
           error_add(err, "sealed acts");
}

bool acts_unsealed(StoreTransaction *transaction, size_t most, ActVisit visit, void *ctx, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;

    return (ROWS(&rows, transaction, err, ENTRIES " AND a.position IS NULL ORDER BY a.id LIMIT ?2", INT(most)) &&
            visit_rows(&rows, visit, ctx, ret_count, err)) ||
           error_add(err, "acts");
}

bool acts_search(StoreTransaction *transaction, const ActQuery *query, int64_t after_id, size_t most, ActVisit visit,
                 void *ctx, size_t *ret_count, Error *err)
{
    OWNED_ROWS rows;
    bool done;

    if (query->object)
        done = ROWS(&rows, transaction, err,
                    ENTRIES " AND a.id > ?2 AND a.at_ms >= ?3 AND (?4 = '' OR a.actor = ?4) AND a.object = ?6"
                            " ORDER BY a.id LIMIT ?5",
                    INT(after_id), INT(query->since_ms), TEXT(query->actor), INT(most), TEXT(query->object));
    else
        done = ROWS(&rows, transaction, err,
                    ENTRIES " AND a.id > ?2 AND a.at_ms >= ?3 AND (?4 = '' OR a.actor = ?4) ORDER BY a.id LIMIT ?5",
                    INT(after_id), INT(query->since_ms), TEXT(query->actor), INT(most));
    return (done && visit_rows(&rows, visit, ctx, ret_count, err)) || error_add(err, "acts");
}

/* --- sealing ----------------------------------------------------------------------------------------------------- */

bool acts_last(StoreTransaction *transaction, bool *ret_found, int64_t *ret_position, uint8_t ret_hash[ACT_HASH_SIZE],
               Error *err)
{
    OWNED_ROWS rows;

    if (!rows_open(&rows, transaction,
                   "SELECT position, hash FROM act WHERE institution = ?1 AND position IS NOT NULL"
                   " ORDER BY position DESC LIMIT 1",
                   NULL, 0, err) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "last sealed act");
    if (*ret_found) {
        *ret_position = rows_int(&rows, 0);
        rows_blob(&rows, 1, ret_hash, ACT_HASH_SIZE);
    }
    return true;
}

bool acts_at(StoreTransaction *transaction, int64_t position, bool *ret_found, uint32_t *ret_era,
             uint8_t ret_hash[ACT_HASH_SIZE], Error *err)
{
    OWNED_ROWS rows;

    if (!ROWS(&rows, transaction, err, "SELECT era, hash FROM act WHERE institution = ?1 AND position = ?2",
              INT(position)) ||
        !rows_next(&rows, ret_found, err))
        return error_add(err, "sealed act");
    if (*ret_found) {
        *ret_era = (uint32_t)rows_int(&rows, 0);
        rows_blob(&rows, 1, ret_hash, ACT_HASH_SIZE);
    }
    return true;
}

/* Not counted, so that PostgreSQL is not waited for act by act: the same transaction has found it unsealed, and nobody
 * else writes meanwhile. */
bool acts_seal(StoreTransaction *transaction, const ActSeal *seal, Error *err)
{
    return RUN(transaction, err, NULL,
               "UPDATE act SET position = ?3, prev = ?4, hash = ?5"
               " WHERE institution = ?1 AND id = ?2 AND position IS NULL",
               INT(seal->id), INT(seal->position), BYTES(seal->prev, ACT_HASH_SIZE),
               BYTES(seal->hash, ACT_HASH_SIZE)) ||
           error_add(err, "sealing act %lld", (long long)seal->id);
}
