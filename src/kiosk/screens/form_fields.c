#include "kiosk/screens/form_fields.h"

#include <string.h>

#include "base/name.h"
#include "kiosk/ui/calendar.h"
#include "kiosk/ui/check.h"
#include "kiosk/ui/picklist.h"
#include "kiosk/ui/stepper.h"

#define MM_CHOICE        50.0F
#define MM_FIELD         30.0F
#define MM_FIELD_LOW     24.0F
#define MM_RADIO_ROOM    19.0F /* a choice's mark with its gap */
#define MM_STEPPER       150.0F
#define MM_WEEK          20.0F
#define MM_WEEK_LOW      15.0F
#define MM_YEARS         92.0F  /* of what turns a calendar by months and years */
#define MM_MONTH         105.0F /* of a month and its year, for text of 100 % */
#define YEAR_DAYS        366
#define WORDS_BYTES_MOST 2048

/* --- what is wrong -------------------------------------------------------------------------------------------------
 */

static const char *missing_words(Page *page, const Field *field)
{
    if (field->kind == FIELD_CHOICE)
        /* TRANSLATORS: the next ones stand beside a field that is not filled as it should be */
        return say(page, "Choose one of these, then continue");
    if (field->kind == FIELD_SEVERAL)
        return say(page, "Choose at least one of these, then continue");
    if (field->kind == FIELD_PAPER)
        return say(page, "Choose how you hand in this paper, then continue");
    return say(page, "Type an answer, then continue");
}

static const char *bounds_words(Page *page, const Field *field)
{
    Date earlier, date;

    if (field->kind == FIELD_DATE && model_comes_after(page->model, field, &earlier) &&
        model_typed_day(page->model, &date) && date_compare(date, earlier) < 0)
        /* TRANSLATORS: a date must not come before another one; {0} is that date */
        return fill(page, say(page, "Not before {0}"),
                    words_iso_date(page, answers_get(&page->visit->answers, field->after)));
    if (field->kind == FIELD_DATE)
        return say(page, "This date is not possible here");
    return fill(page, say(page, "A number from {0} to {1}"), words_number(page, field->least),
                words_number(page, field->most));
}

static const char *fault_words(Page *page, const Field *field)
{
    const char *least = words_number(page, field->least), *most = words_number(page, field->most);

    if (page->visit->form.fault != FORM_OK && page->visit->form.fault != FORM_MISSING) {
        if (field->kind == FIELD_PASSPORT)
            return say(page, "A passport’s number has 5 to 15 capitals and figures, as AA1234567");
        if (field->kind == FIELD_PAPER)
            return say(page, "The photographs are no more here: take them again, or bring the paper");
    }
    switch (page->visit->form.fault) {
    case FORM_OK: return "";
    case FORM_MISSING: return missing_words(page, field);
    case FORM_SHORT:
        return fill(page,
                    say_n(page, "Too short: at least {0} letter", "Too short: at least {0} letters", field->least),
                    least);
    case FORM_LONG:
        return fill(page, say_n(page, "Too long: at most {0} letter", "Too long: at most {0} letters", field->most),
                    most);
    case FORM_CHARACTERS: return say(page, "It has a character that can’t be printed on a document");
    case FORM_NOT_NUMBER: return say(page, "Digits only, please");
    case FORM_OUT_OF_RANGE: return bounds_words(page, field);
    case FORM_NOT_DATE: return say(page, "There is no such date: day, month, year, as 24.11.2026");
    case FORM_FEW:
        /* TRANSLATORS: of a list with check boxes */
        return fill(page, say_n(page, "Choose at least {0} of these", "Choose at least {0} of these", field->least),
                    least);
    case FORM_MANY:
        return fill(page, say_n(page, "Choose at most {0} of these", "Choose at most {0} of these", field->most), most);
    case FORM_NOT_EMAIL: return say(page, "An e-mail address has a name, the sign @ and a host after it");
    case FORM_NOT_PHONE: return say(page, "A phone number has nine digits after +998, as 90 123 45 67");
    case FORM_UNKNOWN:
    case FORM_NOT_OFFERED: break;
    }
    return say(page, "Choose another answer");
}

static void fault_notice(Page *page, const Field *field)
{
    const char *fault = fault_words(page, field);

    if (!fault[0])
        return;
    Node *node = part_notice(page, ROLE_ALERT, (Notice){ "warn", COLOUR_BAD_TINT, COLOUR_BAD, fault, "" });
    str_copy_cut(str_from("form.error"), node->id, sizeof node->id);
    part_space(page, MM_G2);
}

/* --- choices -------------------------------------------------------------------------------------------------------
 */

static const char *choice_id(Page *page, const Field *field, const Choice *choice)
{
    return tree_format(page->tree, "form.%s.%s", field->id, choice->id);
}

static bool is_chosen(const Page *page, const Field *field, const Choice *choice)
{
    const char *answer = answers_get(&page->visit->answers, field->id);

    return answer && (field->kind == FIELD_SEVERAL ? several_has(answer, choice->id) : strcmp(answer, choice->id) == 0);
}

/* What the record says of it: "4 credits · 3rd semester · 618 000 soʻm"; "" for what is not of the record. */
static const char *item_words(Page *page, const Choice *choice)
{
    const ListItem *item = choice->item;
    const char *words = "";
    const char *parts[3];
    size_t count = 0;

    if (!item)
        return words_local(page, &choice->help);
    if (item->credits > 0)
        parts[count++] = words_credits(page, item->credits);
    if (item->semester > 0)
        /* TRANSLATORS: under a subject: {0} a semester's number as the language writes it, such as 3 */
        parts[count++] = fill(page, say(page, "semester {0}"), words_number(page, item->semester));
    if (item->sum > 0)
        parts[count++] = words_sum(page, item->sum);
    for (size_t i = 0; i < count; i++)
        words = i == 0 ? parts[i] : fill(page, "{0} · {1}", words, parts[i]);
    return words;
}

static void choice_words(Page *page, const Choice *choice)
{
    const char *help = item_words(page, choice);

    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_local(page, &choice->label));
    if (help[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, help);
    tree_close(page->tree);
}

/* With an icon it leads to a further question: it looks like a way on. */
static void choice(Page *page, const Field *field, size_t index)
{
    const Choice *choice = &field->choices[index];
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = 7.0F;
    style.min_height = page_row(page, MM_CHOICE);
    style.pad_top = style.pad_bottom = MM_G;
    style.pad_left = style.pad_right = MM_G2;
    Node *node = tree_open(page->tree, ROLE_CHOICE, choice_id(page, field, choice), "", style);
    node->send = (Send){ ACT_CHOOSE, (uint16_t)index };
    node->state |= is_chosen(page, field, choice) ? NODE_CHOSEN : 0;
    if (choice->icon) {
        node->icon = tree_text(page->tree, choice->icon);
        node->style.icon_size = MM_RADIO_ROOM - 7.0F;
    }
    choice_words(page, choice);
    tree_close(page->tree);
}

/* Two columns where the glass is wide, read row by row; what leads to a further question stands below them all. */
static void choices(Page *page, const Field *field)
{
    fault_notice(page, field);
    part_grid(page, page->wide ? 2 : 1, MM_G);
    for (size_t i = 0; i < field->choice_count; i++)
        choice(page, field, i);
    tree_close(page->tree);
}

/* --- several -------------------------------------------------------------------------------------------------------
 */

/* What was chosen comes to: how many, their credits, and what they cost; "" where that says nothing. */
static const char *together_words(Page *page, const Field *field)
{
    const char *value = answers_get(&page->visit->answers, field->id);
    int64_t credits = 0, sum = 0;

    for (size_t i = 0; value && i < field->choice_count; i++)
        if (field->choices[i].item && several_has(value, field->choices[i].id)) {
            credits += field->choices[i].item->credits;
            sum += field->choices[i].item->sum;
        }
    if (credits == 0 && sum == 0)
        return "";
    /* TRANSLATORS: under a list where several were chosen: {0} how many */
    const char *words =
        fill(page, say(page, "Chosen: {0}"), words_number(page, value ? (int64_t)several_count(value) : 0));
    if (credits > 0)
        words = fill(page, "{0} · {1}", words, words_credits(page, credits));
    if (sum > 0)
        words = fill(page, "{0} · {1}", words, words_sum(page, sum));
    return words;
}

static void together(Page *page, const Field *field, const char *words)
{
    Node *node = tree_leaf(page->tree, ROLE_STATUS, tree_format(page->tree, "form.%s.together", field->id), words,
                           style_text(TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_BRAND));

    node->icon = "check";
    node->style.axis = AXIS_ROW;
}

void field_foot(Page *page, const Field *field)
{
    const char *words = field->kind == FIELD_SEVERAL ? together_words(page, field) : "";

    if (!words[0])
        return;
    if (page_is_tight(page)) { /* no room that stays: below the list */
        part_space(page, MM_G);
        together(page, field, words);
        return;
    }
    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, "foot", "",
              (Style){ .pad_left = MM_G4, .pad_right = MM_G4, .pad_top = MM_G, .pad_bottom = MM_G });
    together(page, field, words);
}

static void several(Page *page, const Field *field)
{
    fault_notice(page, field);
    part_grid(page, page->wide ? 2 : 1, MM_G);
    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];
        Check check = { .id = choice_id(page, field, choice),
                        .label = words_local(page, &choice->label),
                        .help = item_words(page, choice),
                        .ticked = is_chosen(page, field, choice),
                        .height = page_row(page, 34.0F),
                        .send = { ACT_CHOOSE, (uint16_t)i } };
        check_build(page->tree, &check);
    }
    tree_close(page->tree);
}

/* --- of the record, and it has none --------------------------------------------------------------------------------
 */

static const struct {
    const char *list, *why;
} empty_lists[] = {
    /* TRANSLATORS: the next ones say why there is nothing to choose from */
    { "debts", N_("Your record shows no subject that you owe.") },
    { "subjects", N_("Your record shows no subjects for this semester yet.") },
    { "results", N_("Your record shows no marks yet.") },
    { "electives", N_("No subjects are offered for the next semester yet.") },
    { "semesters", N_("Your record shows no semester yet.") },
    { "programmes", N_("No programmes are open now.") },
    { "clubs", N_("No clubs are listed now.") },
    { "groups", N_("No groups are listed for you.") },
};

static void nothing_to_choose(Page *page, const Field *field)
{
    const char *why = N_("There is nothing to choose from.");

    for (size_t i = 0; i < COUNT(empty_lists); i++)
        if (strcmp(empty_lists[i].list, field->from) == 0)
            why = empty_lists[i].why;
    part_notice(page, ROLE_ALERT,
                (Notice){ "warn", COLOUR_WARN_TINT, COLOUR_WARN, say(page, why),
                          say(page, "If that is wrong, ask at the window: there the record is put right.") });
    part_space(page, MM_G2);
    part_window(page, words_service(page, page->visit->service));
}

/* --- a paper -------------------------------------------------------------------------------------------------------
 */

typedef struct PaperWay {
    const char *name, *icon, *title, *text;
    Act act;
    bool chosen;
} PaperWay;

static void paper_way(Page *page, const Field *field, PaperWay way)
{
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = 7.0F;
    style.min_height = page_row(page, MM_CHOICE);
    style.pad_top = style.pad_bottom = MM_G;
    style.pad_left = style.pad_right = MM_G2;
    style.icon_size = MM_RADIO_ROOM - 7.0F;
    Node *node =
        tree_open(page->tree, ROLE_CHOICE, tree_format(page->tree, "form.%s.%s", field->id, way.name), "", style);
    node->send = (Send){ (uint16_t)way.act, 0 };
    node->icon = way.icon;
    node->state |= way.chosen ? NODE_CHOSEN : 0;
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, way.title);
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, way.text);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void paper(Page *page, const Field *field)
{
    const char *answer = answers_get(&page->visit->answers, field->id);
    bool photographed = answer && paper_photos(answer), brought = answer && paper_is_brought(answer);

    fault_notice(page, field);
    part_grid(page, page->wide ? 2 : 1, MM_G);
    paper_way(page, field,
              (PaperWay){ "photo", "phone",
                          /* TRANSLATORS: two ways of handing in a paper; a line under each */
                          photographed ? say(page, "It is photographed") : say(page, "Photograph it now"),
                          photographed ? say(page, "Touch to look at it, or to take it again")
                                       : say(page, "With your phone: a code opens the camera, nothing is installed"),
                          ACT_PAPER_PHOTO, photographed });
    paper_way(page, field,
              (PaperWay){ "window", "window", say(page, "Bring it to the window"),
                          say(page, "The office goes on once it has seen the paper"), ACT_PAPER_WINDOW, brought });
    tree_close(page->tree);
}

/* --- a long list ---------------------------------------------------------------------------------------------------
 */

static bool is_found(const Page *page, const Choice *choice)
{
    return name_matches(str_from(words_local(page, &choice->label)), str_from(page->visit->form.search));
}

static const char *found_words(Page *page, const Field *field, size_t found)
{
    size_t all = field->choice_count;

    if (found == 0)
        /* TRANSLATORS: a list was searched and nothing of it is left */
        return say(page, "Nothing is called so. Type fewer letters.");
    if (found == all)
        return NULL;
    /* TRANSLATORS: of a list that is searched: {0} were found, it has {1} in all */
    return fill(page, say(page, "{0} of {1}"), words_number(page, (int64_t)found), words_number(page, (int64_t)all));
}

static void long_list(Page *page, const Field *field)
{
    const FormState *form = &page->visit->form;
    /* TRANSLATORS: over a field that a long list is searched with */
    const char *label = say(page, "Search");
    size_t found = 0;

    for (size_t i = 0; i < field->choice_count; i++)
        found += is_found(page, &field->choices[i]);
    PickList list = { .id = tree_format(page->tree, "form.%s", field->id),
                      .label = page_is_scarce(page) ? "" : label,
                      .hint = say(page, "The first letters of the name"),
                      .typed = form->search,
                      .clear = say(page, "Clear"),
                      .found = found_words(page, field, found),
                      .none = found == 0,
                      .filling = form->searching,
                      .whole = page->wide,
                      .send_search = { ACT_FORM_SEARCH, 1 },
                      .send_clear = { ACT_FORM_SEARCH, 0 } };

    fault_notice(page, field);
    picklist_open(page->tree, &list);
    for (size_t i = 0; i < field->choice_count; i++) {
        const Choice *choice = &field->choices[i];
        PickItem item = { .id = choice_id(page, field, choice),
                          .label = words_local(page, &choice->label),
                          .help = item_words(page, choice),
                          .chosen = is_chosen(page, field, choice),
                          .language = page->language,
                          .send = { ACT_CHOOSE, (uint16_t)i } };
        if (is_found(page, choice))
            picklist_item(page->tree, &list, &item);
    }
    picklist_close(page->tree, &list);
}

/* --- a small number ------------------------------------------------------------------------------------------------
 */

static void stepper(Page *page, const Field *field)
{
    const char *typed = page->visit->form.typed;
    int64_t number = 0;
    bool some = str_to_i64(str_from(typed), field->least, field->most, &number);
    Stepper stepper = { .id = tree_format(page->tree, "form.%s", field->id),
                        /* TRANSLATORS: in place of a number that was not chosen yet */
                        .value = some ? words_number(page, number) : say(page, "none"),
                        /* TRANSLATORS: buttons beside a number, spoken */
                        .less = say(page, "One less"),
                        .more = say(page, "One more"),
                        .at_least = some && number <= field->least,
                        .at_most = some && number >= field->most,
                        .send_less = { ACT_FORM_STEP, 0 },
                        .send_more = { ACT_FORM_STEP, 1 } };
    Style card = style_card(MM_G2);

    card.max_width = MM_STEPPER * page->scale;
    fault_notice(page, field);
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    stepper_build(page->tree, &stepper);
    tree_close(page->tree);
}

/* --- a calendar ----------------------------------------------------------------------------------------------------
 */

static const char *date_words(Page *page, Date date, DateStyle style)
{
    OWNED_BUF buf;

    buf_init(&buf, 128);
    date_write(&buf, date, page->language, style);
    return tree_text(page->tree, buf_text(&buf));
}

/* The day of this month that is typed or today; 0 for another month's. */
static unsigned day_in(Date month, Date day)
{
    return day.year == month.year && day.month == month.month ? (unsigned)day.day : 0;
}

static void days(Page *page, Calendar *calendar, Date month)
{
    for (unsigned day = 1; day <= calendar->days; day++) {
        Date date = { month.year, month.month, (int)day };
        calendar->said[day - 1] = date_words(page, date, DATE_WORDS);
        if (!model_day_fits(page->model, date))
            calendar->disabled |= UINT32_C(1) << (day - 1);
    }
}

static Send turn(const Page *page, FormMonth way)
{
    return model_month_fits(page->model, way) ? (Send){ ACT_FORM_MONTH, (uint16_t)way } : (Send){ 0 };
}

static void calendar(Page *page, const Field *field)
{
    Date month = model_month(page->model), chosen = { 0 };
    bool years = field->most - field->least > YEAR_DAYS;
    Calendar calendar = { .id = tree_format(page->tree, "form.%s.calendar", field->id),
                          .month = date_words(page, month, DATE_MONTH),
                          .first = (unsigned)date_weekday(month) - 1,
                          .days = (unsigned)date_days_in_month(month.year, month.month),
                          .today = day_in(month, model_today(page->model)),
                          .act = ACT_FORM_DAY,
                          .before = turn(page, MONTH_BEFORE),
                          .after = turn(page, MONTH_AFTER),
                          .year_before = years ? turn(page, YEAR_BEFORE) : (Send){ 0 },
                          .year_after = years ? turn(page, YEAR_AFTER) : (Send){ 0 },
                          /* TRANSLATORS: buttons of a calendar, spoken */
                          .say_before = say(page, "Previous month"),
                          .say_after = say(page, "Next month"),
                          .say_year_before = say(page, "Previous year"),
                          .say_year_after = say(page, "Next year"),
                          .apart = years && page->inside < MM_YEARS + MM_MONTH * page->scale,
                          .row = page_row(page, MM_WEEK) < MM_WEEK ? MM_WEEK_LOW : MM_WEEK };

    for (int weekday = 1; weekday <= 7; weekday++)
        calendar.weekdays[weekday - 1] = date_weekday_short(page->language, weekday);
    if (model_typed_day(page->model, &chosen))
        calendar.chosen = day_in(month, chosen);
    days(page, &calendar, month);
    part_space(page, MM_G2);
    calendar_build(page->tree, &calendar);
}

/* --- what is typed -------------------------------------------------------------------------------------------------
 */

/* Digits in groups, with a sign between them; sizes ends with 0. */
static const char *grouped(Page *page, const char *before, const char *digits, const unsigned *sizes, char between)
{
    OWNED_BUF buf;
    unsigned in_group = 0;

    buf_init(&buf, 64);
    buf_add_text(&buf, before);
    for (; *digits; digits++, in_group++) {
        if (*sizes && in_group == *sizes && sizes[1]) {
            buf_add_byte(&buf, (uint8_t)between);
            sizes++;
            in_group = 0;
        }
        buf_add_byte(&buf, (uint8_t)*digits);
    }
    return tree_text(page->tree, buf_text(&buf));
}

const char *field_typed(Page *page, const Field *field, const char *typed)
{
    static const unsigned date[] = { 2, 2, 4, 0 }, phone[] = { 2, 3, 2, 2, 0 };

    if (field->kind == FIELD_DATE)
        return grouped(page, "", typed, date, '.');
    if (field->kind == FIELD_PHONE)
        return grouped(page, PHONE_COUNTRY " ", typed, phone, ' ');
    return tree_text(page->tree, typed);
}

static void under_field(Page *page, const Field *field)
{
    const char *example = words_local(page, &field->example);

    if (!example[0] && field->kind != FIELD_TEXT)
        return;
    part_space(page, 3.0F);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .gap = MM_G });
    /* TRANSLATORS: under a field: {0} is an example of an answer */
    const char *words = example[0] ? fill(page, say(page, "For example: {0}"), example) : "";
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, words)->style.grow = 1.0F;
    if (field->kind == FIELD_TEXT) {
        const char *count = words_number(page, (int64_t)utf8_count(str_from(page->visit->form.typed)));
        const char *of = fill(page, "{0} / {1}", count, words_number(page, field->most));
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, of);
    }
    tree_close(page->tree);
}

static void written(Page *page, const Field *field)
{
    const char *fault = fault_words(page, field);
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .height = page_crowded(page) ? MM_FIELD_LOW : MM_FIELD,
                    .tabular = field->kind != FIELD_TEXT && field->kind != FIELD_EMAIL };
    /* TRANSLATORS: label of a field that a question stands over */
    const char *label = say(page, "Your answer");
    Node *node = tree_leaf(page->tree, ROLE_FIELD, tree_format(page->tree, "form.%s", field->id),
                           page_crowded(page) ? "" : label, style);

    node->value = field_typed(page, field, page->visit->form.typed);
    if (field->kind == FIELD_DATE)
        node->hint = tree_text(page->tree, say(page, "day, month, year"));
    node->state |= NODE_FILLING | (fault[0] ? NODE_FAULTY : 0);
    node->error = tree_text(page->tree, fault);
    under_field(page, field);
}

/* --- any of them ---------------------------------------------------------------------------------------------------
 */

bool field_has_no_choice(const Field *field)
{
    return field->from && field->choice_count == 0;
}

bool field_has_keyboard(const Page *page, const Field *field)
{
    if (field_has_no_choice(field) || field->kind == FIELD_PAPER)
        return false;
    if (field->kind == FIELD_CHOICE || field->kind == FIELD_SEVERAL)
        return page->visit->form.searching;
    return !field_is_stepped(field);
}

/* Where an answer stands there by itself: from where it is, and the way to have the record put right. */
static void of_record(Page *page, const Field *field)
{
    const Service *correction = model_correction(page->model);
    const Catalogue *catalogue = page->model->catalogue;
    uint16_t index = 0;

    if (!model_is_of_record(page->model, field))
        return;
    part_space(page, MM_G2);
    part_note(page, "person", say(page, "This is from your record. Change it here if it is different now."));
    if (!correction || (page->typing && page_crowded(page)))
        return;
    while (index < catalogue_count(catalogue) && strcmp(catalogue_at(catalogue, index)->id, correction->id) != 0)
        index++;
    part_space(page, MM_G);
    /* TRANSLATORS: button under an answer that the record gave: leads to the service that has the record put right */
    part_button(page, (Button){ BUTTON_QUIET, "form.correct", say(page, "My record is wrong"), "edit", false,
                                ACT_SERVICE, index });
}

void field_build(Page *page, const Field *field)
{
    if (field_has_no_choice(field)) {
        nothing_to_choose(page, field);
        return;
    }
    switch (field->kind) {
    case FIELD_CHOICE:
        if (field_is_searched(field))
            long_list(page, field);
        else
            choices(page, field);
        break;
    case FIELD_SEVERAL: several(page, field); break;
    case FIELD_NUMBER:
        if (field_is_stepped(field))
            stepper(page, field);
        else
            written(page, field);
        break;
    case FIELD_DATE:
        written(page, field);
        calendar(page, field);
        break;
    case FIELD_TEXT:
    case FIELD_EMAIL:
    case FIELD_PASSPORT:
    case FIELD_PHONE: written(page, field); break;
    case FIELD_PAPER: paper(page, field); break;
    case FIELD_KIND_COUNT: break;
    }
    of_record(page, field);
}

static const char *chosen_words(Page *page, const Field *field)
{
    OWNED_BUF buf;

    buf_init(&buf, WORDS_BYTES_MOST);
    for (size_t i = 0; i < field->choice_count; i++)
        if (is_chosen(page, field, &field->choices[i]))
            buf_add_format(&buf, "%s%s", buf.len > 0 ? ", " : "", words_local(page, &field->choices[i].label));
    return tree_text(page->tree, buf_text(&buf));
}

const char *field_answer(Page *page, const Field *field, const char *answer)
{
    size_t country = sizeof PHONE_COUNTRY - 1;
    int64_t number;

    switch (field->kind) {
    case FIELD_CHOICE:
    case FIELD_SEVERAL: return chosen_words(page, field);
    case FIELD_DATE: return words_iso_date(page, answer);
    case FIELD_NUMBER:
        return str_to_i64(str_from(answer), INT64_MIN, INT64_MAX, &number) ? words_number(page, number)
                                                                           : tree_text(page->tree, answer);
    case FIELD_PHONE:
        return strlen(answer) > country ? field_typed(page, field, answer + country) : tree_text(page->tree, answer);
    case FIELD_PAPER: return paper_is_brought(answer) ? say(page, "Brought to the window") : say(page, "Photographed");
    case FIELD_TEXT:
    case FIELD_EMAIL:
    case FIELD_PASSPORT:
    case FIELD_KIND_COUNT: break;
    }
    /* TRANSLATORS: {0} is what the student typed, in the language's quotes */
    return field->quoted ? fill(page, say(page, "“{0}”"), answer) : tree_text(page->tree, answer);
}
