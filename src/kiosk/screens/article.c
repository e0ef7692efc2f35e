/* A page of information, block by block, and what a service is: for whom, how long, for how much, on what ground. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/information.h"

#include <string.h>

#define LARGE_TEXT   1.5F
#define LINE_MOST    330.0F /* longer lines are lost on the way back; for text of 100 % */
#define WAYS_MM      140.0F /* the least width of that, for text of 100 % */
#define READ_SHARE   0.6F   /* of the width, for what is read, where what one can do stands beside it */
#define ROW_LABEL    0.36F  /* of a row's width, where its value stands beside it */
#define ROW_MM       200.0F /* ... at 100 % */
#define CLOSED_SHOWN 4
#define CLOSED_DAYS  60    /* ahead: later days are not told yet */
#define CODE_MM      41.0F /* of most addresses */
#define BLOCK_GAP    6.0F
#define BESIDE_MM    70.0F /* words beside a code, for text of 100 % */

/* What is done rather than read: in a column of its own where there is room. */
static bool is_way(const Page *page, const ArticleBlock *block)
{
    switch (block->kind) {
    case ARTICLE_LINK: return true;
    case ARTICLE_TICKET: return model_offers_tickets(page->model);
    case ARTICLE_SERVICE: return catalogue_find(page->model->catalogue, str_from(block->id)) != NULL;
    case ARTICLE_PAGE: {
        const Article *other = information_find(page->model->information, block->id);

        return other && model_tells(page->model, other);
    }
    case ARTICLE_HEADING:
    case ARTICLE_TEXT:
    case ARTICLE_LIST:
    case ARTICLE_ROWS:
    case ARTICLE_ITEMS:
    case ARTICLE_HOURS:
    case ARTICLE_SERVICES:
    case ARTICLE_BLOCK_KIND_COUNT: break;
    }
    return false;
}

/* --- what is read ------------------------------------------------------------------------------------------------- */

static void paragraph(Page *page, const char *words)
{
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words);
}

static void heading(Page *page, const char *words)
{
    part_space(page, MM_G);
    tree_leaf(page->tree, ROLE_HEADING, NULL, words, style_text(TEXT_HEADING, WEIGHT_BOLD, COLOUR_NONE));
}

static void line(Page *page, const char *words)
{
    Style style = { .axis = AXIS_ROW, .gap = MM_G, .align = ALIGN_BASELINE };

    tree_open(page->tree, ROLE_TEXT, NULL, "", style)->said = words;
    part_text(page, TEXT_BODY, WEIGHT_BOLD, COLOUR_BRAND, "•");
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static void lines(Page *page, const LocalText *texts, size_t count)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.5F });
    for (size_t i = 0; i < count; i++)
        line(page, words_local(page, &texts[i]));
    tree_close(page->tree);
}

/* Label and value beside each other where both have room. */
static void row(Page *page, const char *label, const char *value)
{
    bool beside = page->inside >= ROW_MM * page->scale;
    Style style = { .axis = beside ? AXIS_ROW : AXIS_COLUMN,
                    .gap = beside ? MM_G2 : 0.6F,
                    .align = beside ? ALIGN_BASELINE : ALIGN_START };

    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    Node *name = part_text(page, beside ? TEXT_BODY : TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, label);
    name->style.width = beside ? (page->inside - 2.0F * MM_G2) * ROW_LABEL : 0.0F;
    Node *words = part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, value);
    words->style.grow = beside ? 1.0F : 0.0F;
    tree_close(page->tree);
}

static void rows_open(Page *page)
{
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
}

static void rows(Page *page, const ArticleBlock *block)
{
    rows_open(page);
    for (size_t i = 0; i < block->count; i++) {
        if (i > 0)
            part_line(page);
        row(page, words_local(page, &block->rows[i].label), words_local(page, &block->rows[i].value));
    }
    tree_close(page->tree);
}

/* --- items -------------------------------------------------------------------------------------------------------- */

static const char *written_day(Page *page, Date day)
{
    OWNED_BUF buf;

    buf_init(&buf, 160);
    date_write(&buf, day, page->language, day.year == model_today(page->model).year ? DATE_DAY : DATE_WORDS);
    return tree_text(page->tree, buf_text(&buf));
}

static const char *written_days(Page *page, Date from, Date to)
{
    OWNED_BUF buf;

    buf_init(&buf, 160);
    date_range_write(&buf, from, to, page->language);
    return tree_text(page->tree, buf_text(&buf));
}

/* In words and by its days, whichever are told. */
static const char *item_when(Page *page, const ArticleItem *item)
{
    const char *words = words_local(page, &item->when), *days = "";
    Date from, to;

    if (!article_item_comes(item, model_today(page->model), &from, &to))
        return words;
    if (from.month && to.month && date_compare(from, to) != 0)
        days = written_days(page, from, to);
    else if (from.month)
        days = written_day(page, from);
    else if (to.month)
        /* TRANSLATORS: the last day of something that is announced; {0} is a date */
        days = fill(page, say(page, "Until {0}"), written_day(page, to));
    return !words[0] ? days : !days[0] ? words : fill(page, "{0} · {1}", days, words);
}

static void small_fact(Page *page, const char *icon, const char *words)
{
    if (!words[0])
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(3.5F));
    part_icon(page, icon, 8.0F, COLOUR_BRAND);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

/* In a place that is as wide for each, so that words beside them stand below each other. */
static float code_place(const Page *page, const CodePicture *picture)
{
    const float mm = model_code_width(page->model, picture);

    return mm > CODE_MM ? mm : CODE_MM;
}

static void code(Page *page, const CodePicture *picture)
{
    const float mm = model_code_width(page->model, picture), place = code_place(page, picture);
    Style style = { .width = mm, .height = mm, .fill = COLOUR_PAPER, .border = COLOUR_LINE, .border_px = 1 };

    if (!picture->png)
        return;
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE, .width = place, .height = mm });
    Node *node = tree_leaf(page->tree, ROLE_IMAGE, NULL, say(page, "QR code for your phone"), style);
    tree_set_image(page->tree, node, picture->png);
    tree_close(page->tree);
}

/* As it is typed, without what every address begins with. */
static const char *address_words(const char *address)
{
    return address + strlen("https://");
}

static void address_line(Page *page, const char *address)
{
    part_text(page, TEXT_CAPTION, WEIGHT_SEMIBOLD, COLOUR_INK_SOFT, address_words(address))->language = LANGUAGE_EN;
}

static void item(Page *page, const ArticleItem *item, const CodePicture *picture)
{
    const bool has_code = item->link && picture && picture->png;
    const bool beside = has_code && page->inside - code_place(page, picture) - 3.0F * MM_G2 >= BESIDE_MM * page->scale;
    Style card = style_card(MM_G2);

    card.axis = beside ? AXIS_ROW : AXIS_COLUMN;
    card.gap = MM_G2;
    card.align = beside ? ALIGN_CENTRE : ALIGN_START;
    tree_open(page->tree, ROLE_GROUP, tree_format(page->tree, "article.item.%s", item->id), "", card);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = beside ? 1.0F : 0.0F, .gap = 2.5F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_local(page, &item->title));
    small_fact(page, "clock", item_when(page, item));
    small_fact(page, "place", words_local(page, &item->where));
    if (words_local(page, &item->text)[0])
        paragraph(page, words_local(page, &item->text));
    if (item->link)
        address_line(page, item->link);
    tree_close(page->tree);
    if (has_code)
        code(page, picture);
    tree_close(page->tree);
}

/* codes: of this block's links, those of all its items. */
static void items(Page *page, const ArticleBlock *block, const CodePicture *codes, size_t code_count)
{
    const ArticleItem *come[ARTICLE_ITEMS_MOST];
    const size_t count = article_items_to_come(block, model_today(page->model), come);

    if (count == 0) {
        /* TRANSLATORS: where events, vacancies or clubs would be listed */
        part_note(page, "clock", say(page, "Nothing is announced at the moment."));
        return;
    }
    part_grid(page, page->inside >= LINE_MOST * page->scale ? 2 : 1, MM_G);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;

        for (const ArticleItem *before = block->items; before < come[i]; before++)
            at += before->link != NULL;
        item(page, come[i], come[i]->link && at < code_count ? &codes[at] : NULL);
    }
    tree_close(page->tree);
}

/* --- the office's hours ------------------------------------------------------------------------------------------- */

/* It begins a row. */
static const char *day_name(Page *page, int weekday)
{
    return words_capital(page, date_weekday_alone(page->language, weekday));
}

/* "09:00–13:00, 14:00–17:00"; "": closed. */
static const char *span_words(Page *page, const OfficeHours *hours, int weekday)
{
    const char *words = "";

    for (size_t i = 0; i < hours->span_count; i++) {
        const OfficeSpan *span = &hours->spans[i];

        if (span->weekday != weekday)
            continue;
        const char *one = tree_format(page->tree, "%02d:%02d–%02d:%02d", span->from / 60, span->from % 60,
                                      span->to / 60, span->to % 60);
        words = words[0] ? fill(page, "{0}, {1}", words, one) : one;
    }
    return words;
}

/* Days of the same hours in one row: "Monday – Friday". */
static void week(Page *page, const OfficeHours *hours)
{
    for (int from = 1; from <= 7;) {
        const char *words = span_words(page, hours, from);
        int to = from;

        while (to < 7 && strcmp(span_words(page, hours, to + 1), words) == 0)
            to++;
        if (from > 1)
            part_line(page);
        row(page,
            to == from ? day_name(page, from)
                       : fill(page, "{0} – {1}", day_name(page, from), date_weekday_alone(page->language, to)),
            /* TRANSLATORS: of a day of the week on which the office takes nobody */
            words[0] ? words : say(page, "Closed"));
        from = to + 1;
    }
}

/* The next days on which it is closed although it is open on such a day of the week. */
static void closed_days(Page *page, const OfficeHours *hours)
{
    const Date today = model_today(page->model);
    const char *words = "";
    size_t count = 0;

    for (size_t i = 0; i < hours->closed_count && count < CLOSED_SHOWN; i++) {
        const OfficeSpan *first;
        const Date day = hours->closed[i];

        if (date_compare(day, today) < 0 || date_days_between(today, day) > CLOSED_DAYS ||
            office_hours_on(hours, day, &first) > 0)
            continue;
        words = count++ ? fill(page, "{0}; {1}", words, written_day(page, day)) : written_day(page, day);
    }
    if (!count)
        return;
    part_line(page);
    /* TRANSLATORS: label: holidays that come next */
    row(page, say(page, "Next days off"), words);
}

static void contact(Page *page, const char *label, const char *words)
{
    if (!words || !words[0])
        return;
    part_line(page);
    row(page, label, words);
}

static void hours(Page *page)
{
    const OfficeHours *hours = information_hours(page->model->information);

    if (!hours)
        return;
    const bool open = page->model->registrar.office_hours[0] != '\0';
    part_notice(page, ROLE_STATUS,
                (Notice){ "clock", open ? COLOUR_GOOD_TINT : COLOUR_TINT, open ? COLOUR_GOOD : COLOUR_BRAND,
                          words_office(page), "" });
    part_space(page, MM_G);
    rows_open(page);
    week(page, hours);
    closed_days(page, hours);
    contact(page, say(page, "Phone"), hours->phone);
    contact(page, say(page, "E-mail"), hours->email);
    contact(page, say(page, "Address"), words_local(page, &hours->address));
    tree_close(page->tree);
}

/* --- what one can do ---------------------------------------------------------------------------------------------- */

static void web_page(Page *page, const ArticleBlock *block, const CodePicture *picture)
{
    const bool row = page->inside - code_place(page, picture) - 3.0F * MM_G2 >= BESIDE_MM * page->scale;
    Style card = style_card(MM_G2);

    card.axis = row ? AXIS_ROW : AXIS_COLUMN;
    card.align = row ? ALIGN_CENTRE : ALIGN_START;
    card.gap = MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    code(page, picture);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = row ? 1.0F : 0.0F, .gap = 2.5F });
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_local(page, &block->text));
    /* TRANSLATORS: over the address of a web page, beside its QR code */
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, "Point your phone’s camera at the code:"));
    address_line(page, block->address);
    tree_close(page->tree);
    tree_close(page->tree);
}

static size_t service_index(const Page *page, const char *id)
{
    const Catalogue *catalogue = page->model->catalogue;
    size_t i = 0;

    while (i < catalogue_count(catalogue) && strcmp(catalogue_at(catalogue, i)->id, id) != 0)
        i++;
    return i;
}

/* To the service; where it is not for this person, to what it is.  alone: the page leads to no other. */
static void to_service(Page *page, const char *id, bool alone)
{
    const size_t index = service_index(page, id);
    const Service *service = catalogue_at(page->model->catalogue, index);
    const bool known = page->visit->signed_in && page->visit->home;
    const bool offered = !known || model_offers(page->model, service);

    part_way(page,
             (Way){ tree_format(page->tree, "article.service.%s", id), service->icon,
                    words_local(page, &service->title),
                    /* TRANSLATORS: under a service's name, on a page about it */
                    offered ? known ? say(page, "Ask for it here") : say(page, "Ask for it here; you sign in first")
                            : say(page, "What it is and whom it is for"),
                    offered ? ACT_SERVICE : ACT_ABOUT, (uint16_t)index, offered && alone, 40.0F });
}

static bool is_alone(const Page *page, const Article *article)
{
    size_t count = 0;

    for (size_t i = 0; i < article->block_count; i++)
        count += article->blocks[i].kind == ARTICLE_SERVICE && is_way(page, &article->blocks[i]);
    return count == 1;
}

static void way(Page *page, const Article *article, const ArticleBlock *block, const CodePicture *picture)
{
    if (block->kind == ARTICLE_SERVICE)
        to_service(page, block->id, is_alone(page, article));
    else if (block->kind == ARTICLE_PAGE)
        information_row(page, information_index(page->model->information, block->id));
    else if (block->kind == ARTICLE_TICKET)
        part_way(page,
                 (Way){ "article.ticket", "ticket", say(page, "Take a ticket"),
                        say(page, "You get a number and are called to a window."), ACT_TICKETS, 0, false, 30.0F });
    else
        web_page(page, block, picture);
}

/* --- all services ------------------------------------------------------------------------------------------------- */

/* Who they are is asked at the door: no service to read about. */
static bool is_of_the_door(const Service *service)
{
    return strcmp(service->id, "visitor") == 0;
}

static void all_services(Page *page)
{
    const Catalogue *catalogue = page->model->catalogue;

    part_grid(page, page->inside >= LINE_MOST * page->scale ? 2 : 1, MM_G);
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);

        if (is_of_the_door(service))
            continue;
        part_way(page, (Way){ tree_format(page->tree, "article.about.%s", service->id), service->icon,
                              words_local(page, &service->title), words_local(page, &service->whom), ACT_ABOUT,
                              (uint16_t)i, false, 34.0F });
    }
    tree_close(page->tree);
}

/* --- a page ------------------------------------------------------------------------------------------------------- */

static void read_block(Page *page, const ArticleBlock *block, const CodePicture *codes, size_t code_count)
{
    switch (block->kind) {
    case ARTICLE_HEADING: heading(page, words_local(page, &block->text)); break;
    case ARTICLE_TEXT: paragraph(page, words_local(page, &block->text)); break;
    case ARTICLE_LIST: lines(page, block->lines, block->count); break;
    case ARTICLE_ROWS: rows(page, block); break;
    case ARTICLE_ITEMS: items(page, block, codes, code_count); break;
    case ARTICLE_HOURS: hours(page); break;
    case ARTICLE_SERVICES: all_services(page); break;
    case ARTICLE_TICKET:
    case ARTICLE_LINK:
    case ARTICLE_SERVICE:
    case ARTICLE_PAGE:
    case ARTICLE_BLOCK_KIND_COUNT: break;
    }
}

static size_t links_of(const ArticleBlock *block)
{
    size_t count = block->kind == ARTICLE_LINK;

    for (size_t i = 0; block->kind == ARTICLE_ITEMS && i < block->count; i++)
        count += block->items[i].link != NULL;
    return count;
}

static void blocks(Page *page, const Article *article, bool reads, bool does)
{
    const CodePicture *codes = page->visit->reading.codes;
    size_t at = 0;

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = BLOCK_GAP });
    for (size_t i = 0; i < article->block_count; i++) {
        const ArticleBlock *block = &article->blocks[i];
        const size_t left = at < ARTICLE_LINKS_MOST ? ARTICLE_LINKS_MOST - at : 0;

        if (is_way(page, block)) {
            if (does && left)
                way(page, article, block, &codes[at]);
        } else if (reads)
            read_block(page, block, codes + (left ? at : 0), left);
        at += links_of(block);
    }
    tree_close(page->tree);
}

static bool does_something(const Page *page, const Article *article)
{
    for (size_t i = 0; i < article->block_count; i++)
        if (is_way(page, &article->blocks[i]))
            return true;
    return false;
}

static void one_article(Page *page, const Article *article)
{
    const bool two = page_two_columns(page) && does_something(page, article) &&
                     page->inside * (1.0F - READ_SHARE) >= WAYS_MM * page->scale;

    if (two)
        part_columns_open(page, READ_SHARE);
    frame_title(page, words_local(page, &article->title), words_local(page, &article->help));
    part_space(page, MM_G2);
    blocks(page, article, true, !two);
    if (!two)
        return;
    part_columns_next(page);
    blocks(page, article, false, true);
    part_columns_close(page);
}

/* --- what a service is -------------------------------------------------------------------------------------------- */

static void list_card(Page *page, const char *title, const LocalText *texts, size_t count)
{
    Style card = style_card(MM_G2);

    if (count == 0)
        return;
    part_space(page, MM_G2);
    card.gap = MM_G;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, title);
    lines(page, texts, count);
    tree_close(page->tree);
}

static const char *decided_where(Page *page, const Service *service)
{
    if (service->portal)
        /* TRANSLATORS: where a request is decided; {0} is a state portal's name */
        return fill(page, say(page, "On a state portal: {0}"), words_local(page, &service->portal->name));
    return service->through ? say(page, "Here, at the university") : say(page, "Nobody decides: you get it at once");
}

static void about(Page *page, const Service *service)
{
    frame_title(page, words_local(page, &service->title), words_local(page, &service->help));
    part_space(page, MM_G2);
    rows_open(page);
    row(page, say(page, "For whom"), words_local(page, &service->whom));
    part_line(page);
    row(page, say(page, "When ready"), words_how_long(page, service, NULL));
    part_line(page);
    /* TRANSLATORS: label: who decides a request */
    row(page, say(page, "Decided"), decided_where(page, service));
    part_line(page);
    row(page, say(page, "Cost"), words_cost(page, service));
    tree_close(page->tree);
    list_card(page, say(page, "What the paper says"), service->contains, service->contains_count);
    list_card(page, say(page, "What to bring"), service->bring, service->bring_count);
    /* TRANSLATORS: title over a list of laws and decrees by which a service is given */
    list_card(page, say(page, "Legal ground"), service->ground, service->ground_count);
}

/* Somebody who is known not to be meant by it is not led there. */
static bool can_be_asked(const Page *page, const Service *service)
{
    return !page->visit->signed_in || !page->visit->home || model_offers(page->model, service);
}

void screen_article(Page *page)
{
    const Article *article = model_article(page->model);
    const Service *service = model_about(page->model);

    frame_open(page);
    if (article)
        one_article(page, article);
    else if (service)
        about(page, service);
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (service && can_be_asked(page, service)) {
        /* TRANSLATORS: button: on from what a service is to asking for it */
        Node *node = part_main(page, "article.ask", say(page, "Ask for it"), "next", ACT_SERVICE);

        node->send.arg = (uint16_t)service_index(page, service->id);
    }
    frame_close(page);
}
