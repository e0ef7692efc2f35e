#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "wire/information.h"
#include "wire/json.h"

#define TEXTS(words) "{\"uz\":\"" words "\",\"uz-Cyrl\":\"" words "\",\"ru\":\"" words "\",\"en\":\"" words "\"}"
#define PAGE(id, topic, order, blocks)                                                                                 \
    "{\"id\":\"" id "\",\"topic\":\"" topic "\",\"icon\":\"doc\",\"order\":" order                                     \
    ",\"open\":true,\"titles\":" TEXTS("Title") ",\"help\":" TEXTS("Help") ",\"blocks\":[" blocks "]}"
#define HEADING "{\"block\":\"heading\",\"text\":" TEXTS("Heading") "}"
#define ITEMS                                                                                                          \
    "{\"block\":\"items\",\"items\":[{\"id\":\"chess\",\"title\":\"Chess\",\"where\":" TEXTS(                          \
        "Room 7") ",\"link\":\"https://chess.uz/a?b=1#c\"},"                                                           \
                  "{\"id\":\"fair\",\"title\":" TEXTS("Fair") ",\"from\":\"2026-12-01\",\"to\":\"2026-12-03\"}]}"
#define ROWS  "{\"block\":\"rows\",\"rows\":[{\"label\":" TEXTS("Phone") ",\"value\":\"+998 71 200 00 00\"}]}"
#define LEADS "{\"block\":\"page\",\"page\":\"hours\"}"
#define CLUBS PAGE("clubs", "life", "10", HEADING "," ITEMS "," ROWS "," LEADS)
#define HOURS PAGE("hours", "office", "20", "{\"block\":\"hours\"}")
#define ALL   "{\"pages\":[" CLUBS "," HOURS "]}"

static Information *parsed(const char *text)
{
    Error err = { 0 };
    Information *information = information_parse(str_from(text), &err);

    if (!information)
        fail_msg("%s", err.text);
    return information;
}

static void a_page_is_read_whole(void **state)
{
    OWNED(Information) information = parsed(ALL);
    const Article *clubs = information_find(information, "clubs");
    const ArticleItem *chess = &clubs->blocks[1].items[0];

    (void)state;
    assert_int_equal(information_count(information), 2);
    assert_string_equal(information_at(information, 0)->id, "hours");
    assert_ptr_equal(clubs, information_at(information, 1));
    assert_int_equal(information_index(information, "clubs"), 1);
    assert_null(information_find(information, "club"));
    assert_int_equal(clubs->topic, TOPIC_LIFE);
    assert_true(clubs->open);
    assert_null(clubs->offers);
    assert_int_equal(clubs->block_count, 4);
    assert_int_equal(clubs->blocks[0].kind, ARTICLE_HEADING);
    assert_string_equal(local_text(&clubs->blocks[0].text, LANGUAGE_RU), "Heading");
    assert_int_equal(clubs->blocks[1].count, 2);
    assert_string_equal(local_text(&chess->title, LANGUAGE_UZ_CYRL), "Chess");
    assert_string_equal(local_text(&chess->where, LANGUAGE_EN), "Room 7");
    assert_string_equal(local_text(&chess->text, LANGUAGE_EN), "");
    assert_string_equal(chess->link, "https://chess.uz/a?b=1#c");
    assert_int_equal(clubs->blocks[1].items[1].to.day, 3);
    assert_string_equal(local_text(&clubs->blocks[2].rows[0].value, LANGUAGE_RU), "+998 71 200 00 00");
    assert_string_equal(clubs->blocks[3].id, "hours");
    assert_null(information_hours(information));
}

static void a_page_that_is_off_can_be_led_to(void **state)
{
    OWNED(Information) information = parsed("{\"pages\":[" CLUBS ",{\"id\":\"hours\",\"off\":true}]}");
    OWNED(Information) again = NULL;
    OWNED(Information) one = NULL;
    char id[SERVICE_ID_MOST];
    Error err = { 0 };

    (void)state;
    assert_int_equal(information_count(information), 1);
    assert_null(information_find(information, "hours"));
    again = information_parse(information_json(information), &err);
    assert_ok(again, err);
    assert_string_equal(information_version(again), information_version(information));
    one = information_parse_one(STR("{\"id\":\"hours\",\"off\":true}"), id, &err);
    assert_ok(one, err);
    assert_string_equal(id, "hours");
    assert_int_equal(information_count(one), 0);
}

static void one_page_leads_anywhere(void **state)
{
    char id[SERVICE_ID_MOST];
    Error err = { 0 };
    OWNED(Information) one = information_parse_one(STR(CLUBS), id, &err);
    OWNED(Information) two = NULL;

    (void)state;
    assert_ok(one, err);
    assert_string_equal(id, "clubs");
    two = information_parse_one(STR(CLUBS "," HOURS), id, &err);
    assert_null(two);
    assert_int_equal(err.code, ERR_FORMAT);
}

/* --- hours -------------------------------------------------------------------------------------------------------- */

static const OfficeSpan spans[] = { { 1, 540, 780 }, { 1, 840, 1020 }, { 6, 540, 720 } };
static const Date closed[] = { { 2026, 12, 7 }, { 2026, 12, 12 } };
static const OfficeMoved moved[] = { { { 2026, 12, 13 }, 1 } };
static const OfficeHours hours = { .span_count = COUNT(spans),
                                   .spans = spans,
                                   .closed_count = COUNT(closed),
                                   .closed = closed,
                                   .moved_count = COUNT(moved),
                                   .moved = moved,
                                   .address.in = { "A", "B", "C", "D" },
                                   .phone = "+998 71 200 00 00" };

static void what_is_told_is_read_with_its_version(void **state)
{
    OWNED(Information) information = parsed(ALL);
    OWNED(Information) told = NULL;
    char version[INFORMATION_VERSION_SIZE];
    Error err = { 0 };
    OWNED_BUF text, answer;

    (void)state;
    buf_init(&text, 4096);
    buf_init(&answer, INFORMATION_BYTES_MOST);
    assert_ok(office_hours_write(&hours, &text, &err), err);
    assert_ok(information_tell(information, buf_str(&text), &answer, &err), err);
    told = information_parse(buf_str(&answer), &err);
    assert_ok(told, err);
    assert_ok(information_version_told(information, buf_str(&text), version, &err), err);
    assert_string_equal(information_version(told), version);
    assert_string_not_equal(information_version(information), version);

    const OfficeHours *read = information_hours(told);
    assert_int_equal(read->span_count, 3);
    assert_int_equal(read->spans[1].to, 1020);
    assert_int_equal(read->closed_count, 2);
    assert_int_equal(read->moved[0].weekday, 1);
    assert_string_equal(local_text(&read->address, LANGUAGE_RU), "C");
    assert_string_equal(read->phone, "+998 71 200 00 00");
    assert_null(read->email);
}

static void a_day_has_its_hours(void **state)
{
    static const struct {
        Date day;
        size_t count;
        int from;
    } cases[] = {
        { { 2026, 11, 23 }, 2, 540 }, /* Monday */
        { { 2026, 11, 24 }, 0, 0 },   /* Tuesday */
        { { 2026, 11, 28 }, 1, 540 }, /* Saturday */
        { { 2026, 12, 7 }, 0, 0 },    /* a Monday that is a holiday */
        { { 2026, 12, 12 }, 0, 0 },   /* a Saturday that is one */
        { { 2026, 12, 13 }, 2, 540 }, /* a Sunday that works as a Monday */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const OfficeSpan *first;

        assert_int_equal(office_hours_on(&hours, cases[i].day, &first), cases[i].count);
        assert_int_equal(first ? first->from : 0, cases[i].from);
    }
}

/* --- days of items ------------------------------------------------------------------------------------------------ */

static void an_item_comes_until_it_is_over(void **state)
{
    static const Date today = { 2026, 11, 24 };
    static const struct {
        const char *name;
        ArticleDay from, to;
        bool comes;
        Date next, last;
    } cases[] = {
        { "without a day", { 0 }, { 0 }, true, { 0 }, { 0 } },
        { "today", { 2026, 11, 24 }, { 0 }, true, { 2026, 11, 24 }, { 0 } },
        { "yesterday", { 2026, 11, 23 }, { 0 }, false, { 0 }, { 0 } },
        { "since yesterday", { 2026, 11, 23 }, { 2026, 11, 25 }, true, { 2026, 11, 23 }, { 2026, 11, 25 } },
        { "until today", { 0 }, { 2026, 11, 24 }, true, { 0 }, { 2026, 11, 24 } },
        { "until yesterday", { 0 }, { 2026, 11, 23 }, false, { 0 }, { 0 } },
        { "each year, to come", { 0, 12, 8 }, { 0 }, true, { 2026, 12, 8 }, { 0 } },
        { "each year, over", { 0, 9, 2 }, { 0 }, true, { 2027, 9, 2 }, { 0 } },
        { "each year, now", { 0, 11, 20 }, { 0, 11, 30 }, true, { 2026, 11, 20 }, { 2026, 11, 30 } },
        { "over New Year", { 0, 12, 25 }, { 0, 1, 10 }, true, { 2026, 12, 25 }, { 2027, 1, 10 } },
        { "over New Year, since last", { 0, 12, 1 }, { 0, 11, 25 }, true, { 2025, 12, 1 }, { 2026, 11, 25 } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const ArticleItem item = { .id = "a", .from = cases[i].from, .to = cases[i].to };
        Date from, to;

        if (article_item_comes(&item, today, &from, &to) != cases[i].comes)
            fail_msg("%s", cases[i].name);
        if (cases[i].comes && (date_compare(from, cases[i].next) || date_compare(to, cases[i].last)))
            fail_msg("%s: %d-%d-%d to %d-%d-%d", cases[i].name, from.year, from.month, from.day, to.year, to.month,
                     to.day);
    }
}

static void items_stand_by_their_day(void **state)
{
    static const ArticleItem items[] = {
        { .id = "always" },
        { .id = "later", .from = { 2027, 3, 1 } },
        { .id = "over", .from = { 2026, 3, 1 } },
        { .id = "soon", .from = { 2026, 12, 1 } },
        { .id = "also-soon", .from = { 0, 12, 1 } },
        { .id = "until", .to = { 2027, 1, 1 } },
    };
    static const char *const order[] = { "soon", "also-soon", "later", "always", "until" };
    const ArticleBlock block = { .kind = ARTICLE_ITEMS, .items = items, .count = COUNT(items) };
    const ArticleItem *come[ARTICLE_ITEMS_MOST];

    (void)state;
    assert_int_equal(article_items_to_come(&block, (Date){ 2026, 11, 24 }, come), COUNT(order));
    for (size_t i = 0; i < COUNT(order); i++)
        assert_string_equal(come[i]->id, order[i]);
}

/* --- refusals ----------------------------------------------------------------------------------------------------- */

/* The value at a path replaced, added, or, for NULL, taken away; a number is an index. */
static void spoil(json_t *json, const char *path, const char *value)
{
    char copy[128];
    char *key = copy, *dot;

    snprintf(copy, sizeof copy, "%s", path);
    for (; (dot = strchr(key, '.')); key = dot + 1) {
        *dot = '\0';
        json = json_is_array(json) ? json_array_get(json, (size_t)(key[0] - '0')) : json_object_get(json, key);
        assert_non_null(json);
    }
    if (!value)
        assert_int_equal(json_object_del(json, key), 0);
    else if (json_is_array(json) && (size_t)(key[0] - '0') < json_array_size(json))
        assert_int_equal(json_array_set_new(json, (size_t)(key[0] - '0'), json_loads(value, JSON_DECODE_ANY, NULL)), 0);
    else if (json_is_array(json))
        assert_int_equal(json_array_append_new(json, json_loads(value, JSON_DECODE_ANY, NULL)), 0);
    else
        assert_int_equal(json_object_set_new(json, key, json_loads(value, JSON_DECODE_ANY, NULL)), 0);
}

#define S "pages.0."
#define P "pages[0]."

static void refuses_with_the_path(void **state)
{
    static const struct {
        const char *path, *value; /* NULL: taken away */
        const char *refused;      /* how the error's text begins */
    } cases[] = {
        { "more", "1", "more: unknown key" },
        { "pages", NULL, "pages: missing" },
        { "pages.1", CLUBS, "pages: two of id clubs" },
        { S "colour", "1", P "colour: unknown key" },
        { S "id", "\"Clubs\"", P "id: " },
        { S "off", "1", P "off: " },
        { S "topic", "\"sports\"", P "topic: none of the words" },
        { S "topic", NULL, P "topic: missing" },
        { S "icon", NULL, P "icon: " },
        { S "order", NULL, P "order: missing" },
        { S "titles.ru", NULL, P "titles.ru: missing" },
        { S "help", NULL, P "help: missing" },
        { S "open", NULL, P "open: missing" },
        { S "open", "1", P "open: " },
        { S "offers", "\"debts\"", P "offers: none of the words" },
        { S "blocks", "[]", "pages[0]: a page without a block" },
        { S "blocks.0", "7", P "blocks[0]: wants an object" },
        { S "blocks.0.block", "\"picture\"", P "blocks[0].block: none of the words" },
        { S "blocks.0.text", NULL, P "blocks[0].text: missing" },
        { S "blocks.0.text.en", "\"a\\nb\"", P "blocks[0].text.en: " },
        { S "blocks.0.rows", "[]", P "blocks[0].rows: unknown key" },
        { S "blocks.1.items", NULL, P "blocks[1].items: missing" },
        { S "blocks.1.items.0.id", NULL, P "blocks[1].items[0].id: " },
        { S "blocks.1.items.1.id", "\"chess\"", P "blocks[1]: two items of one id" },
        { S "blocks.1.items.0.link", "\"http://chess.uz\"", P "blocks[1].items[0].link: wants an address" },
        { S "blocks.1.items.0.link", "\"https://\"", P "blocks[1].items[0].link: wants an address" },
        { S "blocks.1.items.0.link", "\"https://a b\"", P "blocks[1].items[0].link: wants an address" },
        { S "blocks.1.items.0.link", "\"https://шахмат.uz\"", P "blocks[1].items[0].link: wants an address" },
        { S "blocks.1.items.0.link", "\"javascript:alert(1)\"", P "blocks[1].items[0].link: wants an address" },
        { S "blocks.1.items.1.from", "\"2026-02-30\"", P "blocks[1].items[1].from: wants a day" },
        { S "blocks.1.items.1.from", "\"02-29\"", P "blocks[1].items[1].from: wants a day" },
        { S "blocks.1.items.1.from", "\"12-01\"", P "blocks[1].items[1]: both days" },
        { S "blocks.1.items.1.from", "\"2026-12-04\"", P "blocks[1].items[1]: ends before" },
        { S "blocks.1.items.1.who", "1", P "blocks[1].items[1].who: unknown key" },
        { S "blocks.2.rows.0.value", NULL, P "blocks[2].rows[0].value: missing" },
        { S "blocks.2.rows", "[]", P "blocks[2]: has nothing" },
        { S "blocks.3.page", "\"nothing-such\"", "pages: clubs leads to nothing-such" },
        { S "blocks.4", "{\"block\":\"link\",\"text\":" TEXTS("L") ",\"address\":\"my.gov.uz\"}",
          P "blocks[4].address: wants an address" },
        { S "blocks.4", "{\"block\":\"list\",\"lines\":[\"a\"]}", P "blocks[4].lines[0]: not an object" },
        { S "blocks.4", "{\"block\":\"service\",\"service\":\"A\"}", P "blocks[4].service: " },
        { S "blocks.4", "{\"block\":\"ticket\"}", P "blocks[4].topic: " },
        { S "blocks.4", "{\"block\":\"hours\",\"text\":1}", P "blocks[4].text: unknown key" },
        { "hours", "7", "hours: not an object" },
        { "hours", "{\"week\":[{\"day\":8,\"from\":1,\"to\":2}]}", "hours.week[0].day: " },
        { "hours", "{\"week\":[{\"day\":1,\"from\":2,\"to\":2}]}", "hours.week[0].to: " },
        { "hours", "{\"week\":[{\"day\":2,\"from\":1,\"to\":2},{\"day\":1,\"from\":1,\"to\":2}]}", "hours: days" },
        { "hours", "{\"closed\":[\"12-08\"]}", "hours.closed[0]: wants a day" },
        { "hours", "{\"fax\":\"1\"}", "hours.fax: unknown key" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        OWNED(json_t) json = json_loads(ALL, 0, NULL);
        Error err = { 0 };

        assert_non_null(json);
        spoil(json, cases[i].path, cases[i].value);
        char *text = json_dumps(json, 0);
        OWNED(Information) information = information_parse(str_from(text), &err);
        if (information || strncmp(err.text, cases[i].refused, strlen(cases[i].refused)) != 0)
            fail_msg("%s = %s: %s", cases[i].path, cases[i].value ? cases[i].value : "nothing", err.text);
        mem_free(text);
    }
}

static void a_list_of_forms_is_offered_once(void **state)
{
    static const char *const offered = "\"clubs\"";
    OWNED(json_t) json = json_loads(ALL, 0, NULL);
    OWNED(Information) information = NULL;
    OWNED(Information) twice = NULL;
    Error err = { 0 };

    (void)state;
    spoil(json, S "offers", offered);
    char *text = json_dumps(json, 0);
    information = parsed(text);
    mem_free(text);
    assert_string_equal(information_offering(information, "clubs")->id, "clubs");
    assert_null(information_offering(information, "debts"));
    spoil(json, "pages.1.offers", offered);
    text = json_dumps(json, 0);
    twice = information_parse(str_from(text), &err);
    mem_free(text);
    assert_null(twice);
    assert_non_null(strstr(err.text, "both offer clubs"));
}

static void no_memory_is_told(void **state)
{
    (void)state;
    for (unsigned fails = 1; fails < 400; fails++) {
        Error err = { 0 };

        mem_fail_nth(fails);
        Information *information = information_parse(STR(ALL), &err);
        mem_fail_nth(0);
        if (information) {
            information_drop(information);
            return;
        }
        assert_int_not_equal(err.code, ERR_NONE);
    }
    fail_msg("it never had enough");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_read_whole),
        cmocka_unit_test(a_page_that_is_off_can_be_led_to),
        cmocka_unit_test(one_page_leads_anywhere),
        cmocka_unit_test(what_is_told_is_read_with_its_version),
        cmocka_unit_test(a_day_has_its_hours),
        cmocka_unit_test(an_item_comes_until_it_is_over),
        cmocka_unit_test(items_stand_by_their_day),
        cmocka_unit_test(refuses_with_the_path),
        cmocka_unit_test(a_list_of_forms_is_offered_once),
        cmocka_unit_test(no_memory_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
