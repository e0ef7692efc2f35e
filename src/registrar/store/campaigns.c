#include "registrar/store/campaigns.h"

#include "registrar/store/transaction.h"

#define COLUMNS                                                                                                        \
    "id, kind, opens_day, from_day, to_day, coalesce(education_form, ''), coalesce(education_type, ''),"               \
    " coalesce(faculty, ''), coalesce(year, 0), version, author, changed_at_s"

static void read_row(const Rows *rows, CampaignRow *ret)
{
    *ret = (CampaignRow){ .year = rows_int(rows, 8), .changed_at_s = rows_int(rows, 11) };
    rows_text(rows, 0, ret->id, sizeof ret->id);
    rows_text(rows, 1, ret->kind, sizeof ret->kind);
    rows_text(rows, 2, ret->opens, sizeof ret->opens);
    rows_text(rows, 3, ret->from, sizeof ret->from);
    rows_text(rows, 4, ret->to, sizeof ret->to);
    rows_text(rows, 5, ret->form, sizeof ret->form);
    rows_text(rows, 6, ret->type, sizeof ret->type);
    rows_text(rows, 7, ret->faculty, sizeof ret->faculty);
    rows_text(rows, 9, ret->version, sizeof ret->version);
    rows_text(rows, 10, ret->author, sizeof ret->author);
}

bool campaigns_list(StoreTransaction *transaction, const char *day, CampaignRow *rows, size_t room, size_t *ret_count,
                    Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT " COLUMNS " FROM campaign WHERE institution = ?1 AND to_day >= ?2 ORDER BY from_day, id LIMIT ?3",
              TEXT(day), INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "campaigns");
    while (row) {
        read_row(&found, &rows[(*ret_count)++]);
        if (!rows_next(&found, &row, err))
            return error_add(err, "campaigns");
    }
    return true;
}

bool campaigns_get(StoreTransaction *transaction, const char *id, bool *ret_found, CampaignRow *ret, Error *err)
{
    OWNED_ROWS found;

    if (!ROWS(&found, transaction, err, "SELECT " COLUMNS " FROM campaign WHERE institution = ?1 AND id = ?2",
              TEXT(id)) ||
        !rows_next(&found, ret_found, err))
        return error_add(err, "campaign %s", id);
    if (*ret_found)
        read_row(&found, ret);
    return true;
}

static bool has_room(StoreTransaction *transaction, const char *id, Error *err)
{
    OWNED_ROWS found;
    bool row;

    if (!ROWS(&found, transaction, err, "SELECT count(*) FROM campaign WHERE institution = ?1 AND id <> ?2",
              TEXT(id)) ||
        !rows_next(&found, &row, err))
        return false;
    return !row || rows_int(&found, 0) < CAMPAIGNS_MOST ||
           error_set(err, ERR_LIMIT, "there are %d campaigns already: remove some that are over", CAMPAIGNS_MOST);
}

bool campaigns_put(StoreTransaction *transaction, const CampaignRow *row, Error *err)
{
    const Value year = row->year ? INT(row->year) : NOTHING;

    return (has_room(transaction, row->id, err) &&
            RUN(transaction, err, NULL,
                "INSERT INTO campaign (institution, id, kind, opens_day, from_day, to_day, education_form,"
                " education_type, faculty, year, version, author, changed_at_s)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
                " ON CONFLICT (institution, id) DO UPDATE SET kind = excluded.kind, opens_day = excluded.opens_day,"
                " from_day = excluded.from_day, to_day = excluded.to_day, education_form = excluded.education_form,"
                " education_type = excluded.education_type, faculty = excluded.faculty, year = excluded.year,"
                " version = excluded.version, author = excluded.author, changed_at_s = excluded.changed_at_s",
                TEXT(row->id), TEXT(row->kind), TEXT(row->opens), TEXT(row->from), TEXT(row->to), MAYBE(row->form),
                MAYBE(row->type), MAYBE(row->faculty), year, TEXT(row->version), TEXT(row->author),
                INT(row->changed_at_s))) ||
           error_add(err, "campaign %s", row->id);
}

bool campaigns_remove(StoreTransaction *transaction, const char *id, bool *ret_found, Error *err)
{
    int changed = 0;

    if (!RUN(transaction, err, &changed, "DELETE FROM campaign WHERE institution = ?1 AND id = ?2", TEXT(id)))
        return error_add(err, "campaign %s", id);
    *ret_found = changed > 0;
    return true;
}
