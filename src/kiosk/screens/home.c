/* What is ready, what is asked for most, and everything else by groups. */
#include "kiosk/screens/build.h"

#include <string.h>

#define HERO_PICTURE_MM 156.0F
#define HERO_PAPER_MM   132.0F

typedef struct Group {
    const char *id, *icon, *title;
} Group;

static const Group groups[] = {
    /* TRANSLATORS: the next ones are names of groups of services */
    { "documents", "doc", N_("Certificates and documents") },
    { "study", "study", N_("Study") },
    { "applications", "apply", N_("Applications") },
    { "payments", "pay", N_("Payments and contract") },
    { "housing", "house", N_("Housing") },
    { "information", "window", N_("Information and windows") },
};

static const Group *group_of(const char *id)
{
    for (size_t i = 0; i < COUNT(groups); i++)
        if (strcmp(groups[i].id, id) == 0)
            return &groups[i];
    return NULL;
}

/* --- my requests -------------------------------------------------------------------------------------------------- */

static bool is_waiting_for_student(const ApiRequestLine *line)
{
    return line->state == REQUEST_READY || line->state == REQUEST_UNKNOWN;
}

static void request_row(Page *page, size_t index)
{
    const ApiRequestLine *line = &page->visit->home->requests[index];
    bool ready = line->state == REQUEST_READY;
    const char *date = words_date(page, line->at_s * 1000, DATE_FIGURES);
    Style style = style_row(6.0F);

    style.pad_top = style.pad_bottom = 7.0F;
    style.pad_left = style.pad_right = MM_G2;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_plate(page, ready ? (Plate){ "check", 24.0F, 14.0F, COLOUR_GOOD_TINT, COLOUR_GOOD, false }
                           : (Plate){ "warn", 24.0F, 14.0F, COLOUR_WARN_TINT, COLOUR_WARN, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_service(page, line->service));
    /* TRANSLATORS: under the name of a paper: {0} its number, {1} its date */
    const char *pattern =
        ready ? say(page, "Ready to print · № {0} · {1}") : say(page, "№ {0}: we do not know whether it came out");
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, fill(page, pattern, line->number, date));
    tree_close(page->tree);
    const char *id = tree_format(page->tree, "home.request.%zu", index + 1);
    /* TRANSLATORS: button: prints the paper of this row */
    const char *label = ready ? say(page, "Print") : say(page, "Print again");
    part_button(
        page, (Button){ ready ? BUTTON_MAIN : BUTTON_SECOND, id, label, "print", false, ACT_REQUEST, (uint16_t)index });
    tree_close(page->tree);
}

/* True when the student has papers that wait. */
static bool requests(Page *page)
{
    const ApiHome *home = page->visit->home;
    bool any = false;

    for (size_t i = 0; i < home->request_count; i++) {
        if (!is_waiting_for_student(&home->requests[i]))
            continue;
        if (!any) {
            /* TRANSLATORS: label over the student's own papers */
            part_label(page, say(page, "My requests"));
            tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
        } else
            part_line(page);
        request_row(page, i);
        any = true;
    }
    if (any) {
        tree_close(page->tree);
        part_space(page, 10.0F);
    }
    return any;
}

/* --- forms in progress -------------------------------------------------------------------------------------------- */

static const char *how_far(Page *page, const ApiDraftLine *line)
{
    const Model *model = page->model;
    Date saved = date_time_at(line->saved_at_s * 1000, model->utc_offset_minutes).date;
    Date today = model_today(model);
    bool is_today = saved.year == today.year && saved.month == today.month && saved.day == today.day;
    const char *when = is_today
                           /* TRANSLATORS: {0}: a time, 14:32 */
                           ? fill(page, say(page, "today at {0}"), words_time(page, line->saved_at_s * 1000))
                           : words_date(page, line->saved_at_s * 1000, DATE_FIGURES);

    if (line->answered >= line->of)
        /* TRANSLATORS: under the name of a form that was begun; {0}: when, as above or a date */
        return fill(page, say(page, "All questions are answered · {0}"), when);
    /* TRANSLATORS: under the name of a form that was begun: how many questions are answered, of how many, and when */
    return fill(page, say(page, "{0} of {1} questions answered · {2}"), words_number(page, line->answered),
                words_number(page, line->of), when);
}

static void draft_row(Page *page, size_t index)
{
    const ApiDraftLine *line = &page->visit->home->drafts[index];
    uint8_t busy = page->visit->waiting.command == CMD_DRAFT_OPEN ? NODE_DISABLED : 0;
    const char *anew = tree_format(page->tree, "home.draft.%zu.anew", index + 1);
    const char *on = tree_format(page->tree, "home.draft.%zu", index + 1);

    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .gap = 6.0F, .pad_top = 7.0F, .pad_bottom = 7.0F, .pad_left = MM_G2, .pad_right = MM_G2 });
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(6.0F));
    part_plate(page, (Plate){ "edit", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, words_service(page, line->service));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, how_far(page, line));
    tree_close(page->tree);
    tree_close(page->tree);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(MM_G));
    part_push(page);
    part_button(page,
                /* TRANSLATORS: button: gives up the form that was begun, and begins another */
                (Button){ BUTTON_QUIET, anew, say(page, "Start anew"), "redo", false, ACT_DRAFT_DROP, (uint16_t)index })
        ->state |= busy;
    Node *node = part_button(page,
                             /* TRANSLATORS: button: what was interrupted goes on */
                             (Button){ BUTTON_MAIN, on, say(page, "Go on"), "next", true, ACT_DRAFT, (uint16_t)index });
    node->style.min_width = 88.0F;
    node->state |= busy;
    tree_close(page->tree);
    tree_close(page->tree);
}

static bool is_shown(Page *page, const ApiDraftLine *line)
{
    const Catalogue *catalogue = page->model->catalogue;
    const Service *service = catalogue ? catalogue_find(catalogue, str_from(line->service)) : NULL;

    return service && model_offers(page->model, service);
}

/* True when the student has begun something. */
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
    part_space(page, 10.0F);
    return true;
}

/* --- services ----------------------------------------------------------------------------------------------------- */

/* Why not, in a few words, for the line under the title. */
static const char *why_not_short(Page *page, const ApiService *offer)
{
    switch (offer->reason) {
    case REASON_LIMIT: return say(page, "Today’s copies are used up; again tomorrow");
    case REASON_WEAK: return say(page, "First change the password that HEMIS gave you");
    case REASON_SEASON: return say(page, "Not open at this time of the year");
    case REASON_STATUS:
    case REASON_FORM:
    case REASON_RECORD: return say(page, "Not available to you now: touch to see why");
    case REASON_NONE:
    case REASON_COUNT: break;
    }
    return "";
}

static const char *service_icon(const Service *service)
{
    return service->icon && service->icon[0] ? service->icon : "doc";
}

static void service_row(Page *page, size_t index, bool large)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    const ApiService *offer = model_offer(page->model, service->id);
    const char *id = tree_format(page->tree, "home.service.%s", service->id);
    const char *under = offer->allowed ? words_local(page, &service->help) : why_not_short(page, offer);
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = large ? MM_G2 : 7.0F;
    style.min_height = large ? 56.0F : 34.0F;
    style.pad_top = style.pad_bottom = large ? MM_G2 : MM_G;
    style.pad_left = style.pad_right = MM_G2;
    Node *node = tree_open(page->tree, ROLE_BUTTON, id, "", style);
    node->send = (Send){ ACT_SERVICE, (uint16_t)index };
    if (large)
        part_plate(page, (Plate){ service_icon(service), 36.0F, 21.0F, COLOUR_TINT, COLOUR_BRAND, false });
    else
        part_icon(page, service_icon(service), 12.0F, COLOUR_BRAND);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = large ? 2.5F : 1.0F });
    part_text(page, large ? TEXT_HEADING : TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words_local(page, &service->title));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
    tree_close(page->tree);
    part_icon(page, "chev", 10.0F, COLOUR_BRAND);
    tree_close(page->tree);
}

static void hero_fact(Page *page, const char *icon, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(5.0F));
    part_icon(page, icon, 12.0F, COLOUR_BRAND);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

static void hero_picture(Page *page)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = AXIS_ROW,
                       .align = ALIGN_CENTRE,
                       .justify = JUSTIFY_CENTRE,
                       .width = HERO_PICTURE_MM,
                       .fill = COLOUR_TINT,
                       .corner = MM_R,
                       .pad_top = MM_G3,
                       .pad_bottom = MM_G3 });
    part_sample(page, HERO_PAPER_MM);
    tree_close(page->tree);
}

/* Looks like the button that the whole card is. */
static void hero_verb(Page *page, bool allowed)
{
    Style style = style_row(MM_G);

    style.justify = JUSTIFY_CENTRE;
    style.height = MM_BIG;
    style.corner = MM_R;
    style.fill = allowed ? COLOUR_BRAND : COLOUR_SURFACE;
    style.border = allowed ? COLOUR_NONE : COLOUR_EDGE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, allowed ? COLOUR_ON_BRAND : COLOUR_NONE,
              /* TRANSLATORS: on the card of a paper: leads to it; or, when it is not for this student, to the reason */
              allowed ? say(page, "Get this paper") : say(page, "See why"));
    part_icon(page, "next", 12.0F, allowed ? COLOUR_ON_BRAND : COLOUR_BRAND);
    tree_close(page->tree);
}

/* The only paper that there is: a card with its picture and with what one wants to know before touching it. */
static void hero(Page *page, size_t index)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    const ApiService *offer = model_offer(page->model, service->id);
    Style style = style_card(MM_G3);

    style.axis = AXIS_ROW;
    style.align = ALIGN_STRETCH;
    style.gap = MM_G4;
    Node *node = tree_open(page->tree, ROLE_BUTTON, tree_format(page->tree, "home.service.%s", service->id), "", style);
    node->send = (Send){ ACT_SERVICE, (uint16_t)index };
    hero_picture(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 7.0F });
    part_text(page, TEXT_TITLE, WEIGHT_BOLD, COLOUR_NONE, words_local(page, &service->title));
    part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
              offer->allowed ? words_local(page, &service->help) : why_not_short(page, offer));
    part_push(page);
    hero_fact(page, "clock", words_how_long(page, service));
    part_line(page);
    hero_fact(page, "money", words_cost(page, service));
    if (offer->allowed) {
        part_line(page);
        hero_fact(page, "copies", words_copies(page, offer));
    }
    part_push(page);
    hero_verb(page, offer->allowed);
    tree_close(page->tree);
    tree_close(page->tree);
}

static size_t offered_from(const Page *page, size_t index)
{
    const Catalogue *catalogue = page->model->catalogue;

    while (index < catalogue_count(catalogue) && !model_offers(page->model, catalogue_at(catalogue, index)))
        index++;
    return index;
}

/* The first two of the catalogue's own order. */
static void favourites(Page *page, size_t first, size_t second)
{
    /* TRANSLATORS: label over the two papers that most students come for */
    part_label(page, say(page, "Most asked for"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .columns = 2, .gap = MM_G });
    service_row(page, first, false);
    service_row(page, second, false);
    tree_close(page->tree);
    part_space(page, 10.0F);
}

/* Titles of the group's services as examples. */
static const char *examples(Page *page, const char *group)
{
    const Catalogue *catalogue = page->model->catalogue;
    const char *words = "";
    size_t shown = 0;

    for (size_t i = 0; i < catalogue_count(catalogue) && shown < 2; i++) {
        const Service *service = catalogue_at(catalogue, i);
        if (strcmp(service->group, group) != 0 || !model_offers(page->model, service))
            continue;
        const char *title = words_local(page, &service->title);
        words = shown == 0 ? title : fill(page, "{0}, {1}", words, title);
        shown++;
    }
    return words;
}

static void tile(Page *page, const Group *group, size_t first, bool wide)
{
    const char *id = tree_format(page->tree, "home.group.%s", group->id);
    Style style = style_card(MM_G2);

    style.axis = wide ? AXIS_ROW : AXIS_COLUMN;
    style.align = wide ? ALIGN_CENTRE : ALIGN_STRETCH;
    style.gap = MM_G2;
    style.min_height = wide ? 52.0F : 76.0F;
    Node *node = tree_open(page->tree, ROLE_BUTTON, id, "", style);
    node->send = (Send){ ACT_GROUP, (uint16_t)first };
    part_plate(page, (Plate){ group->icon, 36.0F, 21.0F, COLOUR_TINT, COLOUR_BRAND, false });
    if (!wide)
        part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.5F, .grow = wide ? 1.0F : 0.0F });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, group->title));
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, examples(page, group->id));
    tree_close(page->tree);
    if (wide)
        part_icon(page, "chev", 10.0F, COLOUR_BRAND);
    tree_close(page->tree);
}

/* The index of the group's first offered service; the catalogue's count when there is none. */
static size_t first_of(Page *page, const char *group)
{
    const Catalogue *catalogue = page->model->catalogue;
    size_t i = 0;

    while (i < catalogue_count(catalogue) && (strcmp(catalogue_at(catalogue, i)->group, group) != 0 ||
                                              !model_offers(page->model, catalogue_at(catalogue, i))))
        i++;
    return i;
}

static void tiles(Page *page)
{
    size_t services = catalogue_count(page->model->catalogue);
    size_t count = 0;

    for (size_t i = 0; i < COUNT(groups); i++)
        count += first_of(page, groups[i].id) < services;
    /* TRANSLATORS: label over the groups of services */
    part_label(page, say(page, "All services"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .columns = count > 1 ? 2 : 1, .gap = 5.0F });
    for (size_t i = 0; i < COUNT(groups); i++) {
        size_t first = first_of(page, groups[i].id);
        if (first < services)
            tile(page, &groups[i], first, count == 1);
    }
    tree_close(page->tree);
}

/* --- how it goes ---------------------------------------------------------------------------------------------------
 */

typedef struct HowStep {
    const char *icon, *title, *text;
} HowStep;

static const HowStep how_steps[] = {
    /* TRANSLATORS: three steps of getting a paper; title and a line under it */
    { "hand", N_("Choose"), N_("the paper and whom it is for") },
    { "eye", N_("Check"), N_("the page, as it will be printed") },
    { "print", N_("Take"), N_("it from the printer, with its QR code") },
};

static void how_it_goes(Page *page)
{
    Style card = style_card(10.0F);

    part_push(page);
    part_space(page, 10.0F);
    /* TRANSLATORS: label over three steps */
    part_label(page, say(page, "How it goes: about a minute"));
    card.gap = 7.0F;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    for (size_t i = 0; i < COUNT(how_steps); i++) {
        if (i > 0)
            part_line(page);
        tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
        part_plate(page, (Plate){ how_steps[i].icon, 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, true });
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
        part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, say(page, how_steps[i].title));
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, how_steps[i].text));
        tree_close(page->tree);
        tree_close(page->tree);
    }
    tree_close(page->tree);
}

/* Where everything else is. */
static void elsewhere(Page *page)
{
    part_push(page);
    part_space(page, MM_G2);
    /* TRANSLATORS: at the foot of the list of services; {0}: until when the office is open */
    part_note(page, "window",
              fill(page, say(page, "Anything else: at the registrar’s office. {0}."), words_office(page)));
    part_space(page, 6.0F);
}

/* --- screen --------------------------------------------------------------------------------------------------------
 */

static void session_notices(Page *page)
{
    const ApiSession *session = &page->visit->session;

    if (session->weak) {
        part_notice(
            page, ROLE_ALERT,
            (Notice){
                "warn", COLOUR_WARN_TINT, COLOUR_WARN,
                /* TRANSLATORS: the student still uses the password that HEMIS gave at first, the passport's number */
                say(page, "You still use the first password that HEMIS gave you"),
                say(page, "Change it in HEMIS: then every paper is open to you.") });
        part_space(page, MM_G2);
    }
    if (session->from_verifier) {
        part_notice(page, ROLE_STATUS,
                    (Notice){ "clock", COLOUR_TINT, COLOUR_BRAND, say(page, "HEMIS does not answer at the moment"),
                              say(page, "We knew your last password. What you see may be a little older.") });
        part_space(page, MM_G2);
    }
}

/* The only service there is, and what comes next: the steps, or who helps when it is not for this student. */
static void only(Page *page, size_t index, bool begun, bool asked)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    bool allowed = model_offer(page->model, service->id)->allowed;

    if (begun && asked) { /* they come for what is theirs already: the rest is below it, and not larger */
        part_label(page, say(page, "All services"));
        service_row(page, index, true);
    } else
        hero(page, index);
    if (!allowed) {
        part_push(page);
        part_space(page, 10.0F);
        part_window(page, words_local(page, &service->title));
        part_push(page);
        part_space(page, 10.0F);
        return;
    }
    if (!begun && !asked)
        how_it_goes(page);
    elsewhere(page);
}

static void all(Page *page)
{
    size_t first = offered_from(page, 0);
    size_t second = offered_from(page, first + 1);
    bool begun = drafts(page);
    bool asked = requests(page);

    if (second >= catalogue_count(page->model->catalogue)) {
        only(page, first, begun, asked);
        return;
    }
    favourites(page, first, second);
    tiles(page);
    if (!begun && !asked)
        how_it_goes(page);
    elsewhere(page);
}

static void one_group(Page *page)
{
    const Catalogue *catalogue = page->model->catalogue;

    tree_open(page->tree, ROLE_GROUP, NULL, "", style_column(MM_G));
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);
        if (strcmp(service->group, page->visit->group) == 0 && model_offers(page->model, service))
            service_row(page, i, true);
    }
    tree_close(page->tree);
}

static bool offers_any(Page *page)
{
    const Catalogue *catalogue = page->model->catalogue;

    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        if (model_offers(page->model, catalogue_at(catalogue, i)))
            return true;
    return false;
}

static void nothing(Page *page)
{
    part_notice(page, ROLE_STATUS,
                (Notice){ "window", COLOUR_TINT, COLOUR_BRAND, say(page, "There is nothing here for you now"),
                          fill(page, say(page, "Ask at the registrar’s office. {0}."), words_office(page)) });
}

static void waiting(Page *page)
{
    /* TRANSLATORS: while the list of services comes */
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "home.waiting", say(page, "Looking up what is there for you…"),
                           style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));
    node->icon = "clock";
    node->style.axis = AXIS_ROW;
    part_space(page, MM_G2);
    part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
}

void screen_home(Page *page)
{
    const Visit *visit = page->visit;
    const Group *group = visit->group[0] ? group_of(visit->group) : NULL;

    frame_open(page);
    if (group)
        frame_title(page, say(page, group->title), "");
    else
        /* TRANSLATORS: {0} is the student's first name */
        frame_title(page, fill(page, say(page, "Hello, {0}!"), visit->session.given_name),
                    say(page, "What do you need today?"));
    part_space(page, MM_G2);
    session_notices(page);
    if (!visit->home)
        waiting(page);
    else if (group)
        one_group(page);
    else if (page->model->catalogue && offers_any(page))
        all(page);
    else
        nothing(page);
    frame_bar(page);
    if (group) {
        part_back(page);
        part_push(page);
    }
    part_finish(page);
    frame_close(page);
}
