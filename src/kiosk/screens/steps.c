/* The way of a request through the office, as steps; its papers; and the order that ended it. */
#include "kiosk/screens/build.h"

#include <string.h>

static const struct {
    const char *unit, *name;
} unit_names[] = {
    /* TRANSLATORS: the next ones are parts of a university that decide about requests, as titles of steps */
    { "front-office", N_("Front office") },
    { "back-office", N_("Registrar’s office") },
    { "dean", N_("Dean") },
    { "accounting", N_("Accounting") },
    { "archive", N_("Archive") },
    { "international", N_("International office") },
    { "careers", N_("Careers office") },
    { "military", N_("Military registration") },
};

const char *words_unit(const Page *page, const char *unit)
{
    for (size_t i = 0; i < COUNT(unit_names); i++)
        if (strcmp(unit_names[i].unit, unit) == 0)
            return say(page, unit_names[i].name);
    return unit;
}

void part_step(Page *page, const StepRow *row)
{
    Style text = style_column(1.0F);

    text.grow = 1.0F;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(6.0F));
    part_icon(page, row->icon, 10.0F, row->ink);
    tree_open(page->tree, ROLE_GROUP, NULL, "", text);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, row->title);
    if (row->text[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, row->text);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void card_open(Page *page, const char *id, const char *title)
{
    Style card = style_card(MM_G2);

    card.gap = 5.0F;
    tree_open(page->tree, ROLE_GROUP, id, "", card);
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, title);
}

static void card_close(Page *page)
{
    tree_close(page->tree);
    part_space(page, MM_G2);
}

/* --- the way ------------------------------------------------------------------------------------------------------ */

static StepRow stage_row(Page *page, const ApiStage *stage)
{
    const char *when = stage->at_s > 0 ? words_day_near(page, stage->at_s * 1000) : "";
    StepRow row = { "clock", COLOUR_INK_SOFT, words_unit(page, stage->unit), "" };

    switch (stage->state) {
    case API_STAGE_WAITING:
        row.ink = stage->at_s > 0 ? COLOUR_BRAND : COLOUR_INK_SOFT;
        /* TRANSLATORS: the state of a step; {0} since when, such as "today" or "24 November" */
        row.text = stage->at_s > 0 ? fill(page, say(page, "There since {0}"), when) : say(page, "Comes later");
        break;
    case API_STAGE_TAKEN:
        row.icon = "person";
        row.ink = COLOUR_BRAND;
        row.text = say(page, "Somebody is looking at it");
        break;
    case API_STAGE_APPROVED:
        row.icon = "check";
        row.ink = COLOUR_GOOD;
        row.text = fill(page, say(page, "Approved · {0}"), when);
        break;
    case API_STAGE_RETURNED:
        row.icon = "back";
        row.ink = COLOUR_WARN;
        row.text = fill(page, say(page, "Given back to you · {0}"), when);
        break;
    case API_STAGE_DECLINED:
        row.icon = "close";
        row.ink = COLOUR_BAD;
        row.text = fill(page, say(page, "Declined · {0}"), when);
        break;
    case API_STAGE_STATE_COUNT: break;
    }
    return row;
}

static void way(Page *page, const ApiRequestDetails *details)
{
    if (details->stage_count == 0)
        return;
    /* TRANSLATORS: title over the steps that a request goes through */
    card_open(page, "request.steps", say(page, "Its way"));
    for (size_t i = 0; i < details->stage_count; i++) {
        StepRow row = stage_row(page, &details->stages[i]);
        part_step(page, &row);
    }
    card_close(page);
}

/* --- papers ------------------------------------------------------------------------------------------------------- */

static const char *question_words(const Page *page, const char *service, const char *field)
{
    const Service *found = page->model->catalogue ? catalogue_find(page->model->catalogue, str_from(service)) : NULL;

    for (size_t i = 0; found && i < found->field_count; i++)
        if (strcmp(found->fields[i].id, field) == 0)
            return words_local(page, &found->fields[i].label);
    /* TRANSLATORS: a paper whose name is not known any more */
    return say(page, "A paper");
}

static StepRow paper_row(Page *page, const ApiRequestDetails *details, const ApiPaperLine *line)
{
    StepRow row = { "hand", COLOUR_WARN, question_words(page, details->line.service, line->field), "" };

    switch (line->state) {
    /* TRANSLATORS: how a paper that the office wants stands */
    case API_PAPER_WANTED: row.text = say(page, "Bring it to the window"); break;
    case API_PAPER_PHOTO:
        row.icon = "phone";
        row.ink = COLOUR_BRAND;
        row.text = say(page, "Photographed");
        break;
    case API_PAPER_SEEN:
        row.icon = "check";
        row.ink = COLOUR_GOOD;
        row.text = say(page, "The office has seen it");
        break;
    case API_PAPER_STATE_COUNT: break;
    }
    return row;
}

static void papers(Page *page, const ApiRequestDetails *details)
{
    if (details->paper_count == 0)
        return;
    /* TRANSLATORS: title over the papers that belong to a request */
    card_open(page, "request.papers", say(page, "Papers for it"));
    for (size_t i = 0; i < details->paper_count; i++) {
        StepRow row = paper_row(page, details, &details->papers[i]);
        part_step(page, &row);
    }
    card_close(page);
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static void order(Page *page, const ApiRequestDetails *details)
{
    Style card = style_card(MM_G2);

    if (!details->order_number[0])
        return;
    card.fill = COLOUR_GOOD_TINT;
    tree_open(page->tree, ROLE_GROUP, "request.order", "", card);
    /* TRANSLATORS: label: the rector's order about this student; {0} its number, {1} its date */
    part_fact(page, "doc", say(page, "The order about it"),
              fill(page, say(page, "№ {0}, {1}"), details->order_number, words_iso_date(page, details->order_date)));
    tree_close(page->tree);
    part_space(page, MM_G2);
}

void part_request_details(Page *page, const ApiRequestDetails *details)
{
    if (details->unconfirmed) {
        part_notice(page, ROLE_STATUS,
                    (Notice){ "person", COLOUR_WARN_TINT, COLOUR_WARN, say(page, "Show your passport at the window"),
                              say(page, "The office goes on once it has seen who you are.") });
        part_space(page, MM_G2);
    }
    order(page, details);
    way(page, details);
    papers(page, details);
}

/* --- before it is handed in, and just after ----------------------------------------------------------------------- */

/* A paper that was answered with "window": it is brought. */
static void bring(Page *page, const Service *service)
{
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *answer = answers_get(&page->visit->answers, field->id);

        if (field->kind != FIELD_PAPER || !answer || !paper_is_brought(answer))
            continue;
        StepRow row = { "hand", COLOUR_WARN, words_local(page, &field->label),
                        /* TRANSLATORS: under a paper's name: the student brings it */
                        say(page, "Bring it to the window") };
        part_step(page, &row);
    }
}

void part_what_next(Page *page, const Service *service)
{
    if (service->unit_count == 0)
        return;
    /* TRANSLATORS: title over the steps that follow once a request is handed in */
    card_open(page, "handed-in.steps", say(page, "What happens next"));
    bring(page, service);
    for (size_t i = 0; i < service->unit_count; i++) {
        StepRow row = { "clock", COLOUR_BRAND, words_unit(page, service->units[i]),
                        /* TRANSLATORS: under a part of the office, as a step that follows: the first, the next ones */
                        i == 0 ? say(page, "looks at it first") : say(page, "looks at it then") };
        part_step(page, &row);
    }
    StepRow end = { "check", COLOUR_GOOD,
                    /* TRANSLATORS: the last step: the student learns how it ended; {0} such as "On any kiosk, under “My
                     * requests”" */
                    say(page, "You get the answer"), words_where(page, service) };
    part_step(page, &end);
    card_close(page);
}
