#include "wire/information.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/information_read.h"

struct Information {
    atomic_uint owners;
    ArenaBlock *blocks;
    ArticleRead *read; /* those that are not off stand first, in order */
    size_t read_count, count;
    const OfficeHours *hours;
    char pages_version[INFORMATION_VERSION_SIZE], version[INFORMATION_VERSION_SIZE];
    Buf json;
};

static const char *const topic_names[] = {
    [TOPIC_OFFICE] = "office", [TOPIC_STUDY] = "study", [TOPIC_ADMISSION] = "admission",
    [TOPIC_MONEY] = "money",   [TOPIC_LIFE] = "life",   [TOPIC_ABROAD] = "abroad",
};
static_assert(COUNT(topic_names) == INFORMATION_TOPIC_COUNT, "one name per topic");

const char *information_topic_name(InformationTopic topic)
{
    return topic_names[topic];
}

/* --- versions ----------------------------------------------------------------------------------------------------- */

static bool version_of(Str text, char ret[INFORMATION_VERSION_SIZE], Error *err)
{
    uint8_t hash[SHA256_SIZE];
    OWNED_BUF hex;

    buf_init(&hex, 2 * sizeof hash + 1);
    if (!sha256(text, hash, err))
        return false;
    hex_write(&hex, hash, (INFORMATION_VERSION_SIZE - 1) / 2);
    return buf_ok(&hex, err) &&
           (str_copy(buf_str(&hex), ret, INFORMATION_VERSION_SIZE) || error_set(err, ERR_INTERNAL, "version"));
}

/* Over the pages' own version, so that who tells them with hours hashes a few lines and not all pages. */
bool information_version_told(const Information *information, Str hours, char ret[INFORMATION_VERSION_SIZE], Error *err)
{
    OWNED_BUF both;

    buf_init(&both, INFORMATION_BYTES_MOST);
    buf_add_text(&both, information->pages_version);
    buf_add_str(&both, hours);
    return buf_ok(&both, err) && version_of(buf_str(&both), ret, err);
}

bool information_tell(const Information *information, Str hours, Buf *ret, Error *err)
{
    const Str pages = information_json(information);

    /* {"hours":H, and what stands after the pages' own brace */
    buf_add_text(ret, "{\"hours\":");
    buf_add_str(ret, hours);
    buf_add_byte(ret, ',');
    buf_add_str(ret, (Str){ pages.ptr + 1, pages.len - 1 });
    return buf_ok(ret, err);
}

static json_t *page_json(const json_t *pages, const char *id)
{
    json_t *page;
    size_t index;

    json_array_foreach(pages, index, page)
    {
        if (strcmp(json_string_value(json_object_get(page, "id")), id) == 0)
            return page;
    }
    return NULL;
}

/* The text does not tell in which order its files were read. */
static bool write_pages(Information *information, const json_t *json, Error *err)
{
    OWNED(json_t) all = json_object();
    json_t *sorted = json_array();

    for (size_t i = 0; i < information->read_count; i++)
        json_array_append(sorted, page_json(json_object_get(json, "pages"), information->read[i].article.id));
    if (json_object_set_new(all, "pages", sorted) != 0 || json_array_size(sorted) != information->read_count)
        return error_set(err, ERR_MEMORY, "no memory for information");
    return json_write(all, &information->json, err) &&
           version_of(buf_str(&information->json), information->pages_version, err);
}

static bool make_versions(Information *information, const json_t *json, Error *err)
{
    const json_t *hours = json_object_get(json, "hours");
    OWNED_BUF text;

    buf_init(&information->json, INFORMATION_BYTES_MOST);
    buf_init(&text, INFORMATION_BYTES_MOST);
    return write_pages(information, json, err) && (!hours || json_write(hours, &text, err)) &&
           information_version_told(information, buf_str(&text), information->version, err);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static int in_order(const void *a, const void *b)
{
    const ArticleRead *x = a, *y = b;

    if (x->off != y->off)
        return x->off ? 1 : -1;
    if (x->article.topic != y->article.topic)
        return x->article.topic < y->article.topic ? -1 : 1;
    if (x->article.order != y->article.order)
        return x->article.order < y->article.order ? -1 : 1;
    return strcmp(x->article.id, y->article.id);
}

static bool ids_differ(const Information *information, Error *err)
{
    for (size_t i = 0; i < information->read_count; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(information->read[i].article.id, information->read[k].article.id))
                return error_set(err, ERR_FORMAT, "pages: two of id %s", information->read[i].article.id);
    return true;
}

static bool is_there(const Information *information, const char *id)
{
    for (size_t i = 0; i < information->read_count; i++)
        if (!strcmp(information->read[i].article.id, id))
            return true;
    return false;
}

/* Pages that others lead to are there, be they off; what a form chooses from is offered once. */
static bool whole_checked(const Information *information, Error *err)
{
    for (size_t i = 0; i < information->count; i++) {
        const Article *article = information_at(information, i);

        for (size_t b = 0; b < article->block_count; b++)
            if (article->blocks[b].kind == ARTICLE_PAGE && !is_there(information, article->blocks[b].id))
                return error_set(err, ERR_FORMAT, "pages: %s leads to %s, which is no page", article->id,
                                 article->blocks[b].id);
        if (article->offers && information_offering(information, article->offers) != article)
            return error_set(err, ERR_FORMAT, "pages: %s and %s both offer %s", article->id,
                             information_offering(information, article->offers)->id, article->offers);
    }
    return true;
}

static bool pages_read(Information *information, Reader *reader, const json_t *json)
{
    static const char *const keys[] = { "pages", "hours" };
    void *pages = NULL;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_needs(reader, json, "pages") ||
        !reader_list(reader, json, "pages", sizeof(ArticleRead), INFORMATION_ARTICLES_MOST, article_read, &pages,
                     &information->read_count) ||
        !office_hours_read(reader, json, &information->hours))
        return false;
    information->read = pages;
    if (information->read_count)
        qsort(information->read, information->read_count, sizeof(ArticleRead), in_order);
    while (information->count < information->read_count && !information->read[information->count].off)
        information->count++;
    return ids_differ(information, reader->err);
}

static Information *parse(Str text, bool whole, Error *err)
{
    OWNED(json_t) json = NULL;
    OWNED(Information) information = mem_new(1, sizeof *information);
    Reader reader = { .err = err };
    bool done;

    if (!information) {
        error_set(err, ERR_MEMORY, "no memory for information");
        return NULL;
    }
    atomic_init(&information->owners, 1);
    if (text.len > INFORMATION_BYTES_MOST) {
        error_set(err, ERR_RANGE, "information over its size");
        return NULL;
    }
    json = json_read(text, err);
    done = json && pages_read(information, &reader, json) && (!whole || whole_checked(information, err)) &&
           make_versions(information, json, err);
    information->blocks = reader.blocks;
    return done ? steal(&information) : NULL;
}

Information *information_parse(Str text, Error *err)
{
    return parse(text, true, err);
}

Information *information_parse_one(Str text, char ret_id[SERVICE_ID_MOST], Error *err)
{
    OWNED(Information) information = NULL;
    OWNED_BUF whole;

    buf_init(&whole, INFORMATION_BYTES_MOST);
    buf_add_text(&whole, "{\"pages\":[");
    buf_add_str(&whole, text);
    buf_add_text(&whole, "]}");
    if (!buf_ok(&whole, err))
        return NULL;
    information = parse(buf_str(&whole), false, err);
    if (!information)
        return NULL;
    if (information->read_count != 1) {
        error_set(err, ERR_FORMAT, "wants one page");
        return NULL;
    }
    str_copy_cut(str_from(information->read[0].article.id), ret_id, SERVICE_ID_MOST);
    return steal(&information);
}

Information *information_keep(Information *information)
{
    if (information)
        atomic_fetch_add(&information->owners, 1);
    return information;
}

void information_drop(Information *information)
{
    if (!information || atomic_fetch_sub(&information->owners, 1) != 1)
        return;
    blocks_free(information->blocks);
    buf_fini(&information->json);
    mem_free(information);
}

/* --- looking at it ------------------------------------------------------------------------------------------------ */

size_t information_count(const Information *information)
{
    return information->count;
}

const Article *information_at(const Information *information, size_t index)
{
    assert(index < information->count);
    return &information->read[index].article;
}

size_t information_index(const Information *information, const char *id)
{
    size_t i = 0;

    while (i < information->count && strcmp(information->read[i].article.id, id) != 0)
        i++;
    return i;
}

const Article *information_find(const Information *information, const char *id)
{
    size_t index = information_index(information, id);

    return index < information->count ? information_at(information, index) : NULL;
}

const Article *information_offering(const Information *information, const char *list)
{
    for (size_t i = 0; i < information->count; i++) {
        const char *offers = information->read[i].article.offers;

        if (offers && !strcmp(offers, list))
            return information_at(information, i);
    }
    return NULL;
}

const OfficeHours *information_hours(const Information *information)
{
    return information->hours;
}

const char *information_version(const Information *information)
{
    return information->version;
}

Str information_json(const Information *information)
{
    return buf_str(&information->json);
}

/* --- days --------------------------------------------------------------------------------------------------------- */

static Date in_year(ArticleDay day, int year)
{
    return day.month ? (Date){ year, day.month, day.day } : (Date){ 0 };
}

bool article_item_comes(const ArticleItem *item, Date today, Date *ret_from, Date *ret_to)
{
    const ArticleDay *from = &item->from, *to = item->to.month ? &item->to : &item->from;

    *ret_from = *from;
    *ret_to = item->to;
    if (!to->month)
        return true;
    if (to->year)
        return date_compare(*to, today) >= 0;
    for (int year = today.year - 1;; year++) { /* what began in December may end in January */
        Date first = in_year(*from, year), last = in_year(*to, year);

        if (date_compare(first, last) > 0)
            last.year++;
        if (date_compare(last, today) < 0)
            continue;
        *ret_from = first;
        *ret_to = item->to.month ? last : (Date){ 0 };
        return true;
    }
}

/* What has no first day stands after what has. */
static bool comes_before(Date a, Date b)
{
    return a.month && (!b.month || date_compare(a, b) < 0);
}

size_t article_items_to_come(const ArticleBlock *block, Date today, const ArticleItem *ret[ARTICLE_ITEMS_MOST])
{
    Date days[ARTICLE_ITEMS_MOST], from, to;
    size_t count = 0;

    for (size_t i = 0; i < block->count && i < ARTICLE_ITEMS_MOST; i++) {
        size_t at = count;

        if (!article_item_comes(&block->items[i], today, &from, &to))
            continue;
        for (; at > 0 && comes_before(from, days[at - 1]); at--) {
            ret[at] = ret[at - 1];
            days[at] = days[at - 1];
        }
        ret[at] = &block->items[i];
        days[at] = from;
        count++;
    }
    return count;
}

/* --- the office's hours ------------------------------------------------------------------------------------------- */

static json_t *day_json(Date day)
{
    OWNED_BUF text;

    buf_init(&text, 32);
    date_write(&text, day, LANGUAGE_FIRST, DATE_ISO);
    return json_string(buf_text(&text));
}

static json_t *local_json(const LocalText *text)
{
    json_t *json = json_object();

    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        if (text->in[l] && json_object_set_new(json, language_tag(l), json_string(text->in[l])) != 0) {
            json_decref(json);
            return NULL;
        }
    return json;
}

static json_t *span_json(const OfficeHours *hours, size_t i)
{
    const OfficeSpan *span = &hours->spans[i];

    return json_pack("{s:i, s:i, s:i}", "day", span->weekday, "from", span->from, "to", span->to);
}

static json_t *closed_json(const OfficeHours *hours, size_t i)
{
    return day_json(hours->closed[i]);
}

static json_t *moved_json(const OfficeHours *hours, size_t i)
{
    return json_pack("{s:o, s:i}", "day", day_json(hours->moved[i].day), "as", hours->moved[i].weekday);
}

static json_t *list_json(const OfficeHours *hours, size_t count, json_t *(*item)(const OfficeHours *hours, size_t i))
{
    json_t *list = json_array();

    for (size_t i = 0; list && i < count; i++)
        if (json_array_append_new(list, item(hours, i)) != 0) {
            json_decref(list);
            list = NULL;
        }
    return list;
}

bool office_hours_write(const OfficeHours *hours, Buf *ret, Error *err)
{
    OWNED(json_t)
    json = json_pack("{s:o, s:o, s:o}", "week", list_json(hours, hours->span_count, span_json), "closed",
                     list_json(hours, hours->closed_count, closed_json), "moved",
                     list_json(hours, hours->moved_count, moved_json));
    bool whole = json != NULL;

    if (whole && local_text(&hours->address, LANGUAGE_FIRST)[0])
        whole = json_object_set_new(json, "address", local_json(&hours->address)) == 0;
    if (whole && hours->phone)
        whole = json_object_set_new(json, "phone", json_string(hours->phone)) == 0;
    if (whole && hours->email)
        whole = json_object_set_new(json, "email", json_string(hours->email)) == 0;
    return whole ? json_write(json, ret, err) : error_set(err, ERR_MEMORY, "hours");
}

static int hours_weekday(const OfficeHours *hours, Date day)
{
    for (size_t i = 0; i < hours->moved_count; i++)
        if (date_compare(hours->moved[i].day, day) == 0)
            return hours->moved[i].weekday;
    for (size_t i = 0; i < hours->closed_count; i++)
        if (date_compare(hours->closed[i], day) == 0)
            return 0;
    return date_weekday(day);
}

size_t office_hours_on(const OfficeHours *hours, Date day, const OfficeSpan **ret_first)
{
    const int weekday = hours_weekday(hours, day);
    size_t count = 0;

    *ret_first = NULL;
    for (size_t i = 0; i < hours->span_count; i++)
        if (hours->spans[i].weekday == weekday) {
            *ret_first = *ret_first ? *ret_first : &hours->spans[i];
            count++;
        }
    return count;
}
