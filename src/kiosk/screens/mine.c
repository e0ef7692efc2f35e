#include "kiosk/screens/mine.h"

#define ROW_BESIDE_MM  230.0F /* a row is so wide, for text of 100 %, that its button stands beside its words */
#define LOW_CONTENT_MM 180.0F

/* Where it is narrower, buttons stand below the words, as wide as the row. */
static bool is_narrow(const Page *page)
{
    return page->inside < ROW_BESIDE_MM * page->scale;
}

void part_mine_mark(Page *page, Plate plate)
{
    if (page->scale >= 1.5F) /* words need the room; the icon says it without its plate */
        part_icon(page, plate.icon, 16.0F, plate.ink);
    else
        part_plate(page, plate);
}

static Style style_of_row(const Page *page)
{
    float pad = page_content_height(page) < LOW_CONTENT_MM ? MM_G : 7.0F;

    return (Style){ .gap = 6.0F, .pad_top = pad, .pad_bottom = pad, .pad_left = MM_G2, .pad_right = MM_G2 };
}

/* --- my requests -------------------------------------------------------------------------------------------------- */

#define HOME_REQUESTS_MOST 3 /* the rest is a touch away */

Plate mine_mark(Page *page, const ApiRequestLine *line)
{
    static const Plate good = { "check", 24.0F, 14.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, false };
    static const Plate warn = { "warn", 24.0F, 14.0F, COLOUR_WARN_TINT, COLOUR_WARN, false };
    static const Plate pay = { "pay", 24.0F, 14.0F, COLOUR_WARN_TINT, COLOUR_WARN, false };
    static const Plate bad = { "close", 24.0F, 14.0F, COLOUR_BAD_TINT, COLOUR_BAD, false };
    static const Plate going = { "clock", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false };

    switch (line->state) {
    case REQUEST_READY:
    case REQUEST_WINDOW:
    case REQUEST_PRINTED:
    case REQUEST_COLLECTED:
    case REQUEST_APPROVED:
    case REQUEST_DONE: return good;
    case REQUEST_PAYMENT: return pay;
    case REQUEST_RETURNED:
    case REQUEST_UNKNOWN: return warn;
    case REQUEST_DECLINED: return bad;
    case REQUEST_REVIEW: return request_is_late(page->model, line) ? warn : going;
    case REQUEST_OPEN:
    case REQUEST_STATE_COUNT: break;
    }
    return going;
}

static const char *review_words(Page *page, const ApiRequestLine *line)
{
    const char *when = words_moment_near(page, line->promised_at_s * 1000);

    if (line->promised_at_s == 0)
        return fill(page, say(page, "At the office · № {0}"), line->number);
    if (request_is_late(page->model, line))
        /* TRANSLATORS: {0}: when it should have been ready, such as "yesterday at 16:00" */
        return fill(page, say(page, "Late: it was promised for {0} · № {1}"), when, line->number);
    /* TRANSLATORS: people decide; {0}: until when, such as "tomorrow at 16:00" */
    return fill(page, say(page, "At the office, ready by {0} · № {1}"), when, line->number);
}

const char *mine_words(Page *page, const ApiRequestLine *line)
{
    const char *date = words_day_near(page, line->at_s * 1000);

    switch (line->state) {
    case REQUEST_READY:
        /* TRANSLATORS: under the name of a paper: {0} its number, {1} since when, such as "yesterday" */
        return fill(page, say(page, "Ready to print · № {0} · {1}"), line->number, date);
    case REQUEST_UNKNOWN: return fill(page, say(page, "№ {0}: we do not know whether it came out"), line->number);
    case REQUEST_WINDOW: return fill(page, say(page, "Ready at the window · № {0}"), line->number);
    case REQUEST_PAYMENT:
        /* TRANSLATORS: {0} is a sum of money */
        return fill(page, say(page, "Waiting for your payment: {0}"), words_sum(page, line->sum));
    case REQUEST_RETURNED: return fill(page, say(page, "Something is missing: touch to read · № {0}"), line->number);
    case REQUEST_DECLINED: return fill(page, say(page, "Declined: touch to read why · № {0}"), line->number);
    case REQUEST_REVIEW: return review_words(page, line);
    case REQUEST_PRINTED: return fill(page, say(page, "Printed · № {0} · asked for {1}"), line->number, date);
    case REQUEST_COLLECTED: return fill(page, say(page, "Handed out · № {0} · asked for {1}"), line->number, date);
    case REQUEST_DONE: return fill(page, say(page, "Done · № {0} · asked for {1}"), line->number, date);
    case REQUEST_APPROVED: return fill(page, say(page, "Approved, the order is being made · № {0}"), line->number);
    case REQUEST_OPEN:
    case REQUEST_STATE_COUNT: break;
    }
    return fill(page, say(page, "Being made · № {0}"), line->number);
}

static void row_words(Page *page, const ApiRequestLine *line)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_service(page, line->service));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, mine_words(page, line));
    tree_close(page->tree);
}

static Button row_button(Page *page, const ApiRequestLine *line, const char *id, Act act)
{
    bool prints = act == ACT_REQUEST && (line->state == REQUEST_READY || line->state == REQUEST_UNKNOWN);
    Button button = { .kind = prints && line->state == REQUEST_READY ? BUTTON_MAIN : BUTTON_SECOND,
                      .id = id,
                      .icon = prints ? "print" : NULL,
                      .act = act,
                      .arg = (uint16_t)(line - page->visit->home->requests) };

    if (!prints)
        /* TRANSLATORS: button: shows more of the request of this row */
        button.label = say(page, "See");
    else
        /* TRANSLATORS: button: prints the paper of this row */
        button.label = line->state == REQUEST_READY ? say(page, "Print") : say(page, "Print again");
    return button;
}

/* Read aloud, it says what it is about: there may be a row of them. */
static void row_action(Page *page, const ApiRequestLine *line, Button button)
{
    part_button(page, button)->said = fill(page, "{0}: {1}", button.label, words_service(page, line->service));
}

void mine_row(Page *page, const ApiRequestLine *line, const char *id, Act act)
{
    Button button = row_button(page, line, id, act);
    bool narrow = is_narrow(page);

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_of_row(page));
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(6.0F));
    part_mine_mark(page, mine_mark(page, line));
    row_words(page, line);
    if (!narrow)
        row_action(page, line, button);
    tree_close(page->tree);
    if (narrow)
        row_action(page, line, button);
    tree_close(page->tree);
}

/* To the list of all. */
static void all_button(Page *page, size_t count)
{
    /* TRANSLATORS: button: leads to the list of all requests of the student; {0}: how many there are */
    const char *words = fill(page, say(page, "All my requests: {0}"), words_number(page, (int64_t)count));
    Style style = style_of_row(page);

    style.pad_top = style.pad_bottom = MM_G;
    style.align = ALIGN_START;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_button(page, (Button){ BUTTON_QUIET, "home.requests", words, "next", true, ACT_REQUESTS, 0 });
    tree_close(page->tree);
}

static bool requests(Page *page)
{
    const ApiRequestLine *lines[API_REQUESTS_MOST];
    size_t count = model_requests(page->model, lines), shown = 0;

    if (count == 0)
        return false;
    /* TRANSLATORS: label over the student's own papers */
    part_label(page, say(page, "My requests"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
    for (; shown < count && shown < HOME_REQUESTS_MOST && request_is_live(lines[shown]); shown++) {
        if (shown > 0)
            part_line(page);
        size_t index = (size_t)(lines[shown] - page->visit->home->requests);
        mine_row(page, lines[shown], tree_format(page->tree, "home.request.%zu", index + 1), ACT_REQUEST);
    }
    if (shown < count) {
        if (shown > 0)
            part_line(page);
        all_button(page, count);
    }
    tree_close(page->tree);
    part_space(page, MM_G2);
    return shown > 0;
}

/* --- forms in progress -------------------------------------------------------------------------------------------- */

static const char *how_far(Page *page, const ApiDraftLine *line)
{
    const char *when = words_moment_near(page, line->saved_at_s * 1000);

    if (line->answered >= line->of)
        /* TRANSLATORS: under the name of a form that was begun; {0}: when, such as "today at 14:32" */
        return fill(page, say(page, "All questions are answered · {0}"), when);
    /* TRANSLATORS: under the name of a form that was begun: how many questions are answered, of how many, and when */
    return fill(page, say(page, "{0} of {1} questions answered · {2}"), words_number(page, line->answered),
                words_number(page, line->of), when);
}

static void draft_buttons(Page *page, size_t index)
{
    unsigned busy = page->visit->waiting.command == CMD_DRAFT_OPEN ? NODE_DISABLED : 0;
    bool narrow = is_narrow(page);
    Button anew = { .kind = BUTTON_QUIET,
                    .id = tree_format(page->tree, "home.draft.%zu.anew", index + 1),
                    /* TRANSLATORS: button: gives up the form that was begun, and begins another */
                    .label = say(page, "Start anew"),
                    .icon = "redo",
                    .act = ACT_DRAFT_DROP,
                    .arg = (uint16_t)index };
    Button on = { .kind = BUTTON_MAIN,
                  .id = tree_format(page->tree, "home.draft.%zu", index + 1),
                  /* TRANSLATORS: button: what was interrupted goes on */
                  .label = say(page, "Go on"),
                  .icon = "next",
                  .icon_after = true,
                  .act = ACT_DRAFT,
                  .arg = (uint16_t)index };

    /* The better way stands where the thumb expects it: at the right, or on top. */
    tree_open(page->tree, ROLE_GROUP, NULL, "", narrow ? style_column(MM_G) : style_row(MM_G));
    if (narrow)
        part_button(page, on)->state |= busy;
    else
        part_push(page);
    part_button(page, anew)->state |= busy;
    if (!narrow) {
        Node *node = part_button(page, on);
        node->style.min_width = 88.0F;
        node->state |= busy;
    }
    tree_close(page->tree);
}

static void draft_row(Page *page, size_t index)
{
    const ApiDraftLine *line = &page->visit->home->drafts[index];

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_of_row(page));
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(6.0F));
    part_mine_mark(page, (Plate){ "edit", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_service(page, line->service));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, how_far(page, line));
    tree_close(page->tree);
    tree_close(page->tree);
    draft_buttons(page, index);
    tree_close(page->tree);
}

static bool is_shown(Page *page, const ApiDraftLine *line)
{
    const Catalogue *catalogue = page->model->catalogue;
    const Service *service = catalogue ? catalogue_find(catalogue, str_from(line->service)) : NULL;

    return service && model_offers(page->model, service);
}

static bool drafts(Page *page)
{
    const ApiHome *home = page->visit->home;
    bool any = false;

    for (size_t i = 0; i < home->draft_count; i++) {
        if (!is_shown(page, &home->drafts[i]))
            continue;
        if (!any) {
            /* TRANSLATORS: label over forms that were begun and not finished */
            part_label(page, say(page, "Go on with"));
            tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
        } else
            part_line(page);
        draft_row(page, i);
        any = true;
    }
    if (!any)
        return false;
    tree_close(page->tree);
    if (page->visit->waiting.command == CMD_DRAFT_OPEN) {
        part_space(page, MM_G);
        part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
    }
    part_space(page, MM_G2);
    return true;
}

bool mine_build(Page *page)
{
    bool asked = requests(page); /* what is ready comes first */
    bool begun = drafts(page);

    return asked || begun;
}
