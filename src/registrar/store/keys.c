#include "registrar/store/keys.h"

#include "registrar/store/transaction.h"

bool institutions_host(StoreTransaction *transaction, char ret_host[INSTITUTION_HOST_SIZE], Error *err)
{
    OWNED_ROWS rows;
    bool row;

    if (!rows_open(&rows, transaction, "SELECT host FROM institution WHERE institution = ?1", NULL, 0, err) ||
        !rows_next(&rows, &row, err))
        return error_add(err, "institution");
    ret_host[0] = '\0';
    if (row)
        rows_text(&rows, 0, ret_host, INSTITUTION_HOST_SIZE);
    return true;
}

bool institutions_set_host(StoreTransaction *transaction, const char *host, Error *err)
{
    return RUN(transaction, err, NULL, "UPDATE institution SET host = ?2 WHERE institution = ?1 AND host <> ?2",
               TEXT(host)) ||
           error_add(err, "institution");
}

bool keys_add(StoreTransaction *transaction, const KeyRow *key, Error *err)
{
    return RUN(transaction, err, NULL,
               "INSERT INTO key (institution, kid, use, state, public) VALUES (?1, ?2, ?3, ?4, ?5)", INT(key->kid),
               TEXT(key->use), TEXT(key->state), BYTES(key->bytes, PUBLIC_KEY_SIZE)) ||
           error_add(err, "key %d", key->kid);
}

bool keys_list(StoreTransaction *transaction, const char *use, KeyRow *rows, size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row = false;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT kid, state, public FROM key WHERE institution = ?1 AND use = ?2 ORDER BY kid LIMIT ?3", TEXT(use),
              INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "keys");
    while (row) {
        KeyRow *key = &rows[(*ret_count)++];

        *key = (KeyRow){ .kid = (int)rows_int(&found, 0), .use = use };
        rows_text(&found, 1, key->state, sizeof key->state);
        rows_blob(&found, 2, key->bytes, sizeof key->bytes);
        if (!rows_next(&found, &row, err))
            return error_add(err, "keys");
    }
    return true;
}
