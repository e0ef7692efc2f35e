#include "registrar/store/desk_topics.h"

#include "registrar/store/transaction.h"
#include "registrar/store/watch.h"

bool desk_topics_count(StoreTransaction *transaction, const char *topic, Error *err)
{
    if (!RUN(transaction, err, NULL,
             "INSERT INTO desk_topic (institution, topic, n) VALUES (?1, ?2, 1)"
             " ON CONFLICT (institution, topic) DO UPDATE SET n = desk_topic.n + 1",
             TEXT(topic)))
        return error_add(err, "what changed for staff");
    store_tell(transaction);
    return true;
}

bool desk_topics_list(StoreTransaction *transaction, DeskTopicRow rows[], size_t room, size_t *ret_count, Error *err)
{
    OWNED_ROWS found;
    bool row;

    *ret_count = 0;
    if (!ROWS(&found, transaction, err,
              "SELECT topic, n FROM desk_topic WHERE institution = ?1 ORDER BY topic LIMIT ?2", INT(room)) ||
        !rows_next(&found, &row, err))
        return error_add(err, "what changed for staff");
    while (row) {
        DeskTopicRow *one = &rows[(*ret_count)++];

        rows_text(&found, 0, one->topic, sizeof one->topic);
        one->n = rows_int(&found, 1);
        if (!rows_next(&found, &row, err))
            return error_add(err, "what changed for staff");
    }
    return true;
}
