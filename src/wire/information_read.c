#include "wire/information_read.h"

#include <string.h>

#include "wire/lists.h"

static const char *const lists_offered[] = { "clubs" };

/* --- texts and addresses ------------------------------------------------------------------------------------------ */

/* A text in every language, or one that is the same in all: a telephone number, an address. */
static bool local_or_same(Reader *reader, const json_t *object, const char *key, LocalText *ret)
{
    const char *same;

    if (!json_is_string(json_object_get(object, key)))
        return reader_local(reader, object, key, true, ret);
    if (!reader_text(reader, object, key, &same))
        return false;
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        ret->in[l] = same;
    return true;
}

/* It becomes a code that a phone follows without asking: nothing but an address of a page, as it is typed. */
static bool address_fit(Str address)
{
    if (!str_starts(address, STR("https://")) || address.len > ARTICLE_ADDRESS_MOST ||
        address.len == STR("https://").len)
        return false;
    for (size_t i = 0; i < address.len; i++)
        if (address.ptr[i] <= ' ' || address.ptr[i] > '~' || strchr("\"<>\\^`{|}", address.ptr[i]))
            return false;
    return true;
}

static bool address_read(Reader *reader, const json_t *object, const char *key, bool required, const char **ret)
{
    *ret = NULL;
    if (!required && !json_object_get(object, key))
        return true;
    if (!reader_text(reader, object, key, ret))
        return false;
    size_t length = reader_down(reader, key);
    if (!address_fit(str_from(*ret)))
        return reader_refuse(reader, "wants an address that begins with https://, without blanks");
    reader_up(reader, length);
    return true;
}

/* --- days --------------------------------------------------------------------------------------------------------- */

/* "2026-12-08", or "12-08" of each year, which the 29th of February is not. */
static bool day_parse(Str text, ArticleDay *ret)
{
    char whole[16] = "2001-";

    if (date_parse(text, ret))
        return true;
    if (text.len != 5 || !str_copy(text, whole + 5, sizeof whole - 5) || !date_parse(str_from(whole), ret))
        return false;
    ret->year = 0;
    return true;
}

static bool day_read(Reader *reader, const json_t *object, const char *key, ArticleDay *ret)
{
    const json_t *json = json_object_get(object, key);
    size_t length = reader_down(reader, key);

    *ret = (ArticleDay){ 0 };
    if (json && (!json_is_string(json) || !day_parse(str_from(json_string_value(json)), ret)))
        return reader_refuse(reader, "wants a day, 2026-12-08 or each year's 12-08");
    reader_up(reader, length);
    return true;
}

static bool days_read(Reader *reader, const json_t *json, ArticleItem *item)
{
    const ArticleDay *from = &item->from, *to = &item->to;

    if (!day_read(reader, json, "from", &item->from) || !day_read(reader, json, "to", &item->to))
        return false;
    if (to->month && (from->month ? (from->year == 0) != (to->year == 0) : to->year == 0))
        return reader_refuse(reader, "both days are of each year, or neither is");
    if (to->month && from->year && date_compare(*from, *to) > 0)
        return reader_refuse(reader, "ends before it begins");
    return true;
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static bool line_item(Reader *reader, const json_t *json, void *ret_line)
{
    return reader_local_here(reader, json, ret_line);
}

static bool row_item(Reader *reader, const json_t *json, void *ret_row)
{
    static const char *const keys[] = { "label", "value" };
    ArticleRow *row = ret_row;

    return reader_object(reader, json, keys, COUNT(keys)) && local_or_same(reader, json, "label", &row->label) &&
           local_or_same(reader, json, "value", &row->value);
}

static bool optional_local(Reader *reader, const json_t *json, const char *key, LocalText *ret)
{
    return !json_object_get(json, key) || local_or_same(reader, json, key, ret);
}

static bool item_item(Reader *reader, const json_t *json, void *ret_item)
{
    static const char *const keys[] = { "id", "title", "text", "where", "when", "from", "to", "link" };
    ArticleItem *item = ret_item;

    return reader_object(reader, json, keys, COUNT(keys)) && reader_id(reader, json, "id", &item->id) &&
           local_or_same(reader, json, "title", &item->title) && optional_local(reader, json, "text", &item->text) &&
           optional_local(reader, json, "where", &item->where) && optional_local(reader, json, "when", &item->when) &&
           days_read(reader, json, item) && address_read(reader, json, "link", false, &item->link);
}

static bool some_read(Reader *reader, const json_t *json, const char *key, size_t size, size_t most, ReaderItem item,
                      void **ret, ArticleBlock *block)
{
    if (!reader_needs(reader, json, key) || !reader_list(reader, json, key, size, most, item, ret, &block->count))
        return false;
    return block->count > 0 || reader_refuse(reader, "has nothing in it");
}

static bool words_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    return reader_local(reader, json, "text", true, &block->text);
}

static bool list_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    void *lines = NULL;

    if (!some_read(reader, json, "lines", sizeof(LocalText), ARTICLE_LINES_MOST, line_item, &lines, block))
        return false;
    block->lines = lines;
    return true;
}

static bool rows_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    void *rows = NULL;

    if (!some_read(reader, json, "rows", sizeof(ArticleRow), ARTICLE_LINES_MOST, row_item, &rows, block))
        return false;
    block->rows = rows;
    return true;
}

static bool items_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    void *items = NULL;

    /* No items are an answer: nothing is announced. */
    if (!reader_needs(reader, json, "items") ||
        !reader_list(reader, json, "items", sizeof(ArticleItem), ARTICLE_ITEMS_MOST, item_item, &items, &block->count))
        return false;
    block->items = items;
    return true;
}

static bool link_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    return words_block(reader, json, block) && address_read(reader, json, "address", true, &block->address);
}

static bool service_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    return reader_id(reader, json, "service", &block->id);
}

static bool ticket_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    return reader_id(reader, json, "topic", &block->id);
}

static bool page_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    return reader_id(reader, json, "page", &block->id);
}

static bool bare_block(Reader *reader, const json_t *json, ArticleBlock *block)
{
    (void)reader, (void)json, (void)block;
    return true;
}

typedef struct BlockRow {
    const char *keys[3]; /* beside "block"; NULL: none */
    bool (*read)(Reader *reader, const json_t *json, ArticleBlock *block);
} BlockRow;

static const char *const block_names[] = {
    [ARTICLE_HEADING] = "heading", [ARTICLE_TEXT] = "text",         [ARTICLE_LIST] = "list",
    [ARTICLE_ROWS] = "rows",       [ARTICLE_ITEMS] = "items",       [ARTICLE_LINK] = "link",
    [ARTICLE_SERVICE] = "service", [ARTICLE_TICKET] = "ticket",     [ARTICLE_PAGE] = "page",
    [ARTICLE_HOURS] = "hours",     [ARTICLE_SERVICES] = "services",
};
static const BlockRow block_rows[] = {
    [ARTICLE_HEADING] = { { "text" }, words_block },      [ARTICLE_TEXT] = { { "text" }, words_block },
    [ARTICLE_LIST] = { { "lines" }, list_block },         [ARTICLE_ROWS] = { { "rows" }, rows_block },
    [ARTICLE_ITEMS] = { { "items" }, items_block },       [ARTICLE_LINK] = { { "text", "address" }, link_block },
    [ARTICLE_SERVICE] = { { "service" }, service_block }, [ARTICLE_TICKET] = { { "topic" }, ticket_block },
    [ARTICLE_PAGE] = { { "page" }, page_block },          [ARTICLE_HOURS] = { { NULL }, bare_block },
    [ARTICLE_SERVICES] = { { NULL }, bare_block },
};
static_assert(COUNT(block_names) == ARTICLE_BLOCK_KIND_COUNT && COUNT(block_rows) == ARTICLE_BLOCK_KIND_COUNT,
              "one row per ArticleBlockKind");

static bool block_item(Reader *reader, const json_t *json, void *ret_block)
{
    ArticleBlock *block = ret_block;
    const char *keys[1 + COUNT(block_rows[0].keys)] = { "block" };
    size_t count = 1;
    int kind;

    if (!json_is_object(json))
        return reader_refuse(reader, "wants an object");
    if (!reader_word(reader, json, "block", block_names, COUNT(block_names), -1, &kind))
        return false;
    block->kind = (ArticleBlockKind)kind;
    while (count < COUNT(keys) && block_rows[kind].keys[count - 1]) {
        keys[count] = block_rows[kind].keys[count - 1];
        count++;
    }
    return reader_object(reader, json, keys, count) && block_rows[kind].read(reader, json, block);
}

/* --- a page ------------------------------------------------------------------------------------------------------- */

static bool stands_before(const Article *article, size_t block, size_t item)
{
    const char *id = article->blocks[block].items[item].id;

    for (size_t b = 0; b <= block; b++)
        for (size_t i = 0; (b < block || i < item) && i < article->blocks[b].count; i++)
            if (article->blocks[b].kind == ARTICLE_ITEMS && !strcmp(article->blocks[b].items[i].id, id))
                return true;
    return false;
}

/* What is chosen in a form has to fit into its lists. */
static bool label_fits(const LocalText *title)
{
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        if (title->in[l] && strlen(title->in[l]) >= LIST_LABEL_SIZE)
            return false;
    return true;
}

static bool items_checked(Reader *reader, const Article *article, size_t block, size_t *links)
{
    const ArticleBlock *items = &article->blocks[block];

    for (size_t i = 0; items->kind == ARTICLE_ITEMS && i < items->count; i++) {
        *links += items->items[i].link != NULL;
        if (stands_before(article, block, i))
            return reader_refuse(reader, "two items of one id");
        if (article->offers && !label_fits(&items->items[i].title))
            return reader_refuse(reader, "an item's title is too long for a list of forms");
    }
    return true;
}

static bool blocks_checked(Reader *reader, const Article *article)
{
    size_t length = reader_down(reader, "blocks"), links = 0;

    for (size_t b = 0; b < article->block_count; b++) {
        size_t inner = reader_down_at(reader, b);

        links += article->blocks[b].kind == ARTICLE_LINK;
        if (!items_checked(reader, article, b, &links))
            return false;
        reader_up(reader, inner);
    }
    if (links > ARTICLE_LINKS_MOST)
        return reader_refuse(reader, "more links than a page has room for");
    reader_up(reader, length);
    return true;
}

static bool parts_read(Reader *reader, const json_t *json, Article *article)
{
    const char *topics[INFORMATION_TOPIC_COUNT];
    int64_t order;
    int topic, list = -1;
    void *blocks = NULL;

    for (int i = 0; i < INFORMATION_TOPIC_COUNT; i++)
        topics[i] = information_topic_name((InformationTopic)i);
    if (!reader_word(reader, json, "topic", topics, COUNT(topics), -1, &topic) ||
        !reader_id(reader, json, "icon", &article->icon) ||
        !reader_number(reader, json, "order", 0, 10000, NUMBER_NEEDED, &order) ||
        !reader_local(reader, json, "titles", true, &article->title) ||
        !reader_local(reader, json, "help", true, &article->help) || !reader_needs(reader, json, "open") ||
        !reader_bool(reader, json, "open", &article->open) ||
        (json_object_get(json, "offers") &&
         !reader_word(reader, json, "offers", lists_offered, COUNT(lists_offered), -1, &list)) ||
        !reader_needs(reader, json, "blocks") ||
        !reader_list(reader, json, "blocks", sizeof(ArticleBlock), ARTICLE_BLOCKS_MOST, block_item, &blocks,
                     &article->block_count))
        return false;
    article->topic = (InformationTopic)topic;
    article->order = (int)order;
    article->offers = list < 0 ? NULL : lists_offered[list];
    article->blocks = blocks;
    if (article->block_count == 0)
        return reader_refuse(reader, "a page without a block");
    return blocks_checked(reader, article);
}

bool article_read(Reader *reader, const json_t *json, void *ret_article)
{
    static const char *const keys[] = { "id",     "off",  "topic", "icon",   "order",
                                        "titles", "help", "open",  "offers", "blocks" };
    ArticleRead *read = ret_article;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_id(reader, json, "id", &read->article.id) ||
        !reader_bool(reader, json, "off", &read->off))
        return false;
    return read->off || parts_read(reader, json, &read->article);
}

/* --- the office's hours ------------------------------------------------------------------------------------------- */

static bool span_item(Reader *reader, const json_t *json, void *ret_span)
{
    static const char *const keys[] = { "day", "from", "to" };
    OfficeSpan *span = ret_span;
    int64_t day, from, to;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_number(reader, json, "day", 1, 7, NUMBER_NEEDED, &day) ||
        !reader_number(reader, json, "from", 0, 1439, NUMBER_NEEDED, &from) ||
        !reader_number(reader, json, "to", from + 1, 1440, NUMBER_NEEDED, &to))
        return false;
    *span = (OfficeSpan){ (int)day, (int)from, (int)to };
    return true;
}

static bool closed_item(Reader *reader, const json_t *json, void *ret_day)
{
    return (json_is_string(json) && date_parse(str_from(json_string_value(json)), ret_day)) ||
           reader_refuse(reader, "wants a day");
}

static bool moved_item(Reader *reader, const json_t *json, void *ret_moved)
{
    static const char *const keys[] = { "day", "as" };
    OfficeMoved *moved = ret_moved;
    int64_t as;

    if (!reader_object(reader, json, keys, COUNT(keys)) || !reader_needs(reader, json, "day") ||
        !closed_item(reader, json_object_get(json, "day"), &moved->day) ||
        !reader_number(reader, json, "as", 1, 7, NUMBER_NEEDED, &as))
        return false;
    moved->weekday = (int)as;
    return true;
}

static bool hours_inside(Reader *reader, const json_t *json, OfficeHours *hours)
{
    static const char *const keys[] = { "week", "closed", "moved", "address", "phone", "email" };
    void *spans = NULL, *closed = NULL, *moved = NULL;

    if (!reader_object(reader, json, keys, COUNT(keys)) ||
        !reader_list(reader, json, "week", sizeof(OfficeSpan), OFFICE_SPANS_MOST, span_item, &spans,
                     &hours->span_count) ||
        !reader_list(reader, json, "closed", sizeof(Date), OFFICE_CLOSED_MOST, closed_item, &closed,
                     &hours->closed_count) ||
        !reader_list(reader, json, "moved", sizeof(OfficeMoved), OFFICE_MOVED_MOST, moved_item, &moved,
                     &hours->moved_count) ||
        !reader_local(reader, json, "address", false, &hours->address) ||
        (json_object_get(json, "phone") && !reader_text(reader, json, "phone", &hours->phone)) ||
        (json_object_get(json, "email") && !reader_text(reader, json, "email", &hours->email)))
        return false;
    hours->spans = spans;
    hours->closed = closed;
    hours->moved = moved;
    for (size_t i = 1; i < hours->span_count; i++)
        if (hours->spans[i].weekday < hours->spans[i - 1].weekday)
            return reader_refuse(reader, "days of the week in another order");
    return true;
}

bool office_hours_read(Reader *reader, const json_t *object, const OfficeHours **ret)
{
    const json_t *json = json_object_get(object, "hours");
    size_t length = reader_down(reader, "hours");
    OfficeHours *hours = json ? reader_alloc(reader, 1, sizeof *hours) : NULL;

    if (json && (!hours || !hours_inside(reader, json, hours)))
        return false;
    *ret = hours;
    reader_up(reader, length);
    return true;
}
