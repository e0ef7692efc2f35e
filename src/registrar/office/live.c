#include "registrar/office/live.h"

#include <inttypes.h>

#include "registrar/store/desk_topics.h"

static const char *const names[] = {
    [DESK_PRINTS] = "prints", [DESK_REQUESTS] = "requests", [DESK_HALL] = "hall",
    [DESK_CALLS] = "calls",   [DESK_PRINTERS] = "printers", [DESK_STUDENTS] = "students",
};
static_assert(COUNT(names) == DESK_TOPIC_COUNT, "one name per topic");
static_assert(DESK_TOPIC_COUNT <= DESK_TOPICS_MOST, "all of them are read");

const char *desk_topic_name(DeskTopic topic)
{
    return names[topic];
}

bool desk_topic_parse(Str name, DeskTopic *ret)
{
    for (int i = 0; i < DESK_TOPIC_COUNT; i++)
        if (str_equal_text(name, names[i])) {
            *ret = (DeskTopic)i;
            return true;
        }
    return false;
}

bool desk_tell(StoreTransaction *transaction, const char *topic, Error *err)
{
    DeskTopic known;

    return desk_topic_parse(str_from(topic), &known) ? desk_topics_count(transaction, names[known], err)
                                                     : error_set(err, ERR_ARGUMENT, "staff look at no %.20s", topic);
}

bool desk_counts_read(StoreTransaction *transaction, DeskCounts *ret, Error *err)
{
    DeskTopicRow rows[DESK_TOPICS_MOST];
    DeskTopic topic;
    size_t count;

    *ret = (DeskCounts){ 0 };
    if (!desk_topics_list(transaction, rows, COUNT(rows), &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (desk_topic_parse(str_from(rows[i].topic), &topic)) /* a newer registrar beside this one may count more */
            ret->of[topic] = rows[i].n;
    return true;
}

void desk_counts_write(const DeskCounts *counts, Buf *buf)
{
    for (int i = 0; i < DESK_TOPIC_COUNT; i++)
        buf_add_format(buf, "%s%" PRId64, i ? "." : "", counts->of[i]);
}

bool desk_counts_parse(Str text, DeskCounts *ret)
{
    DeskCounts counts;

    for (int i = 0; i < DESK_TOPIC_COUNT; i++) {
        const bool last = i == DESK_TOPIC_COUNT - 1;
        const Str one = last ? text : str_split(&text, '.');

        if (!str_to_i64(one, 0, INT64_MAX, &counts.of[i]))
            return false;
    }
    *ret = counts;
    return true;
}
