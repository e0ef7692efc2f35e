/* What is ready, what is asked for most, and everything else by groups. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/mine.h"
#include "kiosk/screens/notices.h"
#include "kiosk/screens/offer.h"

#include <string.h>

#define MINE_SHARE     0.34F  /* of the width, for what is the student's own */
#define MINE_SHARE_125 0.38F  /* ... with larger text */
#define WIDE_MM        400.0F /* content that has room for one column more */
#define LOW_MM         170.0F /* lower content has no second lines */
#define NOTE_MM        46.0F  /* the line at the foot, and the room above it */
#define TITLE_MM       20.0F
#define EXAMPLES_MOST  40   /* letters of the titles that are examples of a group: one line of a tile */
#define FEW_SERVICES   5    /* are listed without groups */
#define LARGE_ROWS     3    /* are drawn larger */
#define TILES_GROW     8.0F /* beside what pushes the note down */
#define TILE_GAP_MM    5.0F
#define TILE_BESIDE_MM 140.0F /* of a tile whose icon stands beside its words, for text of 100 % */
#define TILE_MOST_MM   124.0F
#define TILE_MM        60.0F /* with its icon above the words */
#define TILE_FLAT_MM   44.0F /* beside them */

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

/* Mine at the left, all services at the right. */
static bool is_beside(const Page *page)
{
    return page_two_columns(page) && page_content_height(page) >= LOW_MM;
}

/* Only what must be read is shown: large text, low reach and small panels have no room for more. */
static bool is_terse(const Page *page)
{
    return page->scale >= 1.5F || page->low || page_content_height(page) < LOW_MM;
}

/* --- all services ------------------------------------------------------------------------------------------------- */

static size_t offered_from(const Page *page, size_t index)
{
    const Catalogue *catalogue = page->model->catalogue;

    while (index < catalogue_count(catalogue) && !model_offers(page->model, catalogue_at(catalogue, index)))
        index++;
    return index;
}

static bool is_allowed(const Page *page, size_t index)
{
    return model_offer(page->model, catalogue_at(page->model->catalogue, index)->id)->allowed;
}

/* From there on the next that this student can have; where there is none, the next of all. */
static size_t favourite_from(const Page *page, size_t index)
{
    size_t next = offered_from(page, index), i = next;

    while (i < catalogue_count(page->model->catalogue) && !is_allowed(page, i))
        i = offered_from(page, i + 1);
    return i < catalogue_count(page->model->catalogue) ? i : next;
}

/* The first two of the catalogue's own order that are for this student. */
static void favourites(Page *page)
{
    size_t first = favourite_from(page, 0), second = favourite_from(page, first + 1);

    if (second >= catalogue_count(page->model->catalogue))
        second = offered_from(page, 0);
    /* TRANSLATORS: label over the two papers that most students come for */
    part_label(page, say(page, "Most asked for"));
    part_grid(page, 2, MM_G);
    offer_row(page, first, OFFER_SMALL, false);
    offer_row(page, second, OFFER_SMALL, false);
    tree_close(page->tree);
}

/* Titles of the group's services as examples, as many as a line has room for.  wanted: of those for this student. */
static const char *examples(Page *page, const char *group, bool wanted)
{
    const Catalogue *catalogue = page->model->catalogue;
    const char *words = "";

    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);
        const char *title = words_local(page, &service->title);
        if (strcmp(service->group, group) != 0 || !model_offers(page->model, service) ||
            (wanted && !is_allowed(page, i)) ||
            utf8_count(str_from(words)) + utf8_count(str_from(title)) > EXAMPLES_MOST)
            continue;
        words = words[0] ? fill(page, "{0}, {1}", words, title) : title;
    }
    return words;
}

/* What is no service: a tile among the groups all the same. */
typedef struct Tile {
    const char *id, *icon, *title, *text;
    Act act;
    uint16_t arg;
} Tile;

#define TILES_MORE 4

static size_t tiles_more(Page *page, Tile more[TILES_MORE])
{
    size_t count = 0;

    if (model_informs(page->model))
        /* TRANSLATORS: a tile of home and the line under it: what the university tells everybody */
        more[count++] = (Tile){ "home.information",       "notice",
                                say(page, "Information"), say(page, "Admission, clubs, study abroad, hours"),
                                ACT_INFORMATION,          INFORMATION_TOPIC_COUNT };
    if (model_offers_tickets(page->model))
        more[count++] = (Tile){
            "home.ticket", "ticket", say(page, "Ticket for a window"), say(page, "A number, and how long one waits"),
            ACT_TICKETS,   0
        };
    return count;
}

/* A tile has room for a line under its name. */
static bool tiles_explain(const Page *page)
{
    return !is_terse(page) && !(page->wide && page->scale > 1.0F);
}

typedef struct TilesLook {
    unsigned columns;
    bool flat; /* all of them are in sight when their icons stand beside their words */
} TilesLook;

/* Icon above the words where there is room for it, else beside them. */
static void tile(Page *page, const Tile *what, TilesLook look)
{
    const unsigned columns = look.columns;
    bool terse = is_terse(page), beside = columns == 1 || terse || look.flat;
    bool large = page_content_height(page) > 2.0F * LOW_MM;
    Style style = style_card(MM_G2);

    style.axis = beside ? AXIS_ROW : AXIS_COLUMN;
    style.align = beside ? ALIGN_CENTRE : ALIGN_STRETCH;
    style.gap = beside ? 7.0F : 2.0F;
    style.min_height = terse ? page_row(page, 40.0F) : look.flat ? TILE_FLAT_MM : beside ? 52.0F : TILE_MM;
    style.max_height = TILE_MOST_MM;
    style.pad_top = style.pad_bottom = large ? MM_G2 : MM_G;
    style.grow = 1.0F;
    Node *node = tree_open(page->tree, ROLE_BUTTON, what->id, "", style);
    node->send = (Send){ (uint16_t)what->act, what->arg };
    if (page->scale >= 1.5F)
        part_icon(page, what->icon, 16.0F, COLOUR_BRAND);
    else
        part_plate(page, large && !terse ? (Plate){ what->icon, 36.0F, 21.0F, COLOUR_TINT, COLOUR_BRAND, false }
                                         : (Plate){ what->icon, 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false });
    if (!beside)
        part_push(page);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = 2.5F, .grow = beside ? 1.0F : 0.0F });
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, what->title);
    if (what->text[0] && tiles_explain(page))
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, what->text);
    tree_close(page->tree);
    if (columns == 1)
        part_icon(page, "chev", 10.0F, COLOUR_BRAND);
    tree_close(page->tree);
}

static void group_tile(Page *page, const Group *group, size_t first, TilesLook look)
{
    const char *under = tiles_explain(page) ? examples(page, group->id, true) : "";

    if (!under[0] && tiles_explain(page))
        under = examples(page, group->id, false);
    Tile what = { tree_format(page->tree, "home.group.%s", group->id),
                  group->icon,
                  say(page, group->title),
                  under,
                  ACT_GROUP,
                  (uint16_t)first };
    tile(page, &what, look);
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

static unsigned tile_count(Page *page)
{
    unsigned count = 0;

    for (size_t i = 0; i < COUNT(groups); i++)
        count += first_of(page, groups[i].id) < catalogue_count(page->model->catalogue);
    Tile more[TILES_MORE];
    return count + (unsigned)tiles_more(page, more);
}

/* As many beside each other as their longest words have room for. */
static unsigned tile_columns(const Page *page, unsigned count)
{
    unsigned wanted = page->wide && !is_beside(page) && page->inside > WIDE_MM ? 3 : 2;
    unsigned columns = page_grid_columns(page, count < wanted ? count : wanted, TILE_GAP_MM);

    while (is_terse(page) && columns > 1 &&
           (page->inside + TILE_GAP_MM) / (float)columns - TILE_GAP_MM < TILE_BESIDE_MM * page->scale)
        columns--;
    return columns;
}

static void tiles(Page *page, unsigned count)
{
    Tile more[TILES_MORE];
    size_t more_count = tiles_more(page, more);
    unsigned columns = tile_columns(page, count);
    unsigned rows = (count + columns - 1) / columns;
    Style style = { .columns = columns, .gap = TILE_GAP_MM, .grow = TILES_GROW };
    const float high = (float)rows * (TILE_MM + TILE_GAP_MM) - TILE_GAP_MM;
    const TilesLook look = { columns, is_beside(page) && high * page->scale > page_content_height(page) };

    style.max_height = (float)rows * (TILE_MOST_MM + TILE_GAP_MM);
    if (is_beside(page) && style.max_height > page_content_height(page))
        style.max_height = page_content_height(page); /* all of them in sight, however long "mine" is */
    if (!is_beside(page) && !is_terse(page))
        /* TRANSLATORS: label over the groups of services */
        part_label(page, say(page, "All services"));
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    for (size_t i = 0; i < COUNT(groups); i++) {
        size_t first = first_of(page, groups[i].id);
        if (first < catalogue_count(page->model->catalogue))
            group_tile(page, &groups[i], first, look);
    }
    for (size_t i = 0; i < more_count; i++)
        tile(page, &more[i], look);
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

/* Something of what is offered comes out of the printer here. */
static bool gives_papers(const Page *page)
{
    const Catalogue *catalogue = page->model->catalogue;

    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        if (catalogue_at(catalogue, i)->yields == YIELD_DOCUMENT &&
            model_offers(page->model, catalogue_at(catalogue, i)))
            return true;
    return false;
}

static void how_it_goes(Page *page)
{
    Style card = style_card(MM_G2);
    bool narrow = page->inside < 200.0F;

    /* TRANSLATORS: label over three steps */
    part_label(page, say(page, "How it goes: about a minute"));
    card.gap = 6.0F;
    tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    for (size_t i = 0; i < COUNT(how_steps); i++) {
        if (i > 0)
            part_line(page);
        tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(7.0F));
        part_plate(page, (Plate){ how_steps[i].icon, 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, true });
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
        part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, COLOUR_NONE, say(page, how_steps[i].title));
        part_text(page, narrow ? TEXT_CAPTION : TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  say(page, how_steps[i].text));
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
              fill(page, say(page, "Anything else: at the registrar’s office. {0}."), words_open(page)));
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
        /* TRANSLATORS: {0} is a day such as 24 November 2026 */
        const char *how_old = session->as_of_s > 0
                                  ? fill(page, say(page, "We knew your last password. What you see is as of {0}."),
                                         words_date(page, session->as_of_s * 1000, DATE_WORDS))
                                  : say(page, "We knew your last password. What you see may be a little older.");
        part_notice(
            page, ROLE_STATUS,
            (Notice){ "clock", COLOUR_TINT, COLOUR_BRAND, say(page, "HEMIS does not answer at the moment"), how_old });
        part_space(page, MM_G2);
    }
    part_notices(page, MM_G2);
}

static void greeting(Page *page)
{
    /* TRANSLATORS: {0} is the student's first name */
    frame_title(page, fill(page, say(page, "Hello, {0}!"), page->visit->session.given_name),
                is_terse(page) ? "" : say(page, "What do you need today?"));
    part_space(page, is_terse(page) ? MM_G : MM_G2);
    session_notices(page);
}

static void columns_open(Page *page)
{
    if (is_beside(page))
        part_columns_open(page, page->scale > 1.0F ? MINE_SHARE_125 : MINE_SHARE);
}

static void columns_next(Page *page)
{
    if (is_beside(page))
        part_columns_next(page);
}

static void columns_close(Page *page)
{
    if (is_beside(page))
        part_columns_close(page);
}

static void steps_below(Page *page)
{
    part_push(page);
    part_space(page, MM_G2);
    how_it_goes(page);
}

/* The only service there is, and what comes next: the steps, or who helps when it is not for this student. */
static void only(Page *page, size_t index)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    bool allowed = model_offer(page->model, service->id)->allowed;

    columns_open(page);
    greeting(page);
    bool mine = mine_build(page);
    bool steps = allowed && !mine && !is_terse(page) && gives_papers(page);
    if (is_beside(page) && (steps || !allowed)) {
        part_push(page);
        if (steps)
            how_it_goes(page);
        else
            part_window(page, words_local(page, &service->title));
    }
    columns_next(page);
    offer_card(page, index, is_beside(page) ? NOTE_MM : page->wide ? TITLE_MM * page->scale : 0.0F);
    if (!is_beside(page) && steps)
        steps_below(page);
    if (allowed)
        elsewhere(page);
    else if (!is_beside(page)) {
        part_space(page, MM_G2);
        part_window(page, words_local(page, &service->title));
    }
    columns_close(page);
}

/* So few that groups would only be in the way: each is a row, and the steps fill what is left. */
static void few(Page *page, size_t first, size_t count)
{
    size_t services = catalogue_count(page->model->catalogue);

    columns_open(page);
    greeting(page);
    bool steps = !mine_build(page) && !is_terse(page) && gives_papers(page);
    if (is_beside(page) && steps) {
        part_push(page);
        how_it_goes(page);
    }
    columns_next(page);
    part_grid(page, !is_beside(page) && page->inside > WIDE_MM ? 2 : 1, MM_G);
    for (size_t i = first; i < services; i = offered_from(page, i + 1))
        offer_row(page, i, count <= LARGE_ROWS && !is_terse(page) ? OFFER_LARGE : OFFER_ROW, false);
    tree_close(page->tree);
    if (!is_beside(page) && steps)
        steps_below(page);
    elsewhere(page);
    columns_close(page);
}

/* By groups, and the most asked-for without a second touch. */
static void many(Page *page)
{
    unsigned count = tile_count(page);
    bool room = count <= 2 && !is_beside(page) && !is_terse(page);

    columns_open(page);
    greeting(page);
    bool mine = mine_build(page);
    if (is_beside(page))
        part_push(page);
    if (!is_terse(page)) {
        favourites(page);
        if (!is_beside(page))
            part_space(page, MM_G2);
    }
    columns_next(page);
    tiles(page, count);
    if (room && !mine)
        steps_below(page);
    if (first_of(page, "information") >= catalogue_count(page->model->catalogue))
        elsewhere(page);
    columns_close(page);
}

static size_t offered_count(const Page *page)
{
    size_t count = 0;

    for (size_t i = offered_from(page, 0); i < catalogue_count(page->model->catalogue); i = offered_from(page, i + 1))
        count++;
    return count;
}

static void all(Page *page)
{
    size_t count = offered_count(page);
    size_t first = offered_from(page, 0);

    if (count == 1)
        only(page, first);
    else if (count <= FEW_SERVICES)
        few(page, first, count);
    else
        many(page);
}

static bool is_in_group(const Page *page, size_t index, bool allowed)
{
    const Service *service = catalogue_at(page->model->catalogue, index);

    return strcmp(service->group, page->visit->group) == 0 && model_offers(page->model, service) &&
           model_offer(page->model, service->id)->allowed == allowed;
}

static void group_rows(Page *page, bool allowed)
{
    const Catalogue *catalogue = page->model->catalogue;

    part_grid(page, page->inside > WIDE_MM ? 2 : 1, MM_G);
    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        if (is_in_group(page, i, allowed))
            offer_row(page, i, OFFER_ROW, false);
    tree_close(page->tree);
}

/* What can be had first. */
static void one_group(Page *page)
{
    bool refused = false;

    part_study_doors(page, page->visit->group);
    group_rows(page, true);
    for (size_t i = 0; i < catalogue_count(page->model->catalogue); i++)
        refused = refused || is_in_group(page, i, false);
    if (!refused)
        return;
    part_space(page, MM_G2);
    /* TRANSLATORS: label over services of a group that the student can't use at present */
    part_label(page, say(page, "Not for you now: touch to see why"));
    group_rows(page, false);
}

static void nothing(Page *page)
{
    part_notice(page, ROLE_STATUS,
                (Notice){ "window", COLOUR_TINT, COLOUR_BRAND, say(page, "There is nothing here for you now"),
                          fill(page, say(page, "Ask at the registrar’s office. {0}."), words_open(page)) });
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

static void content(Page *page)
{
    const Visit *visit = page->visit;
    const Group *group = visit->group[0] ? group_of(visit->group) : NULL;
    bool any = visit->home && page->model->catalogue && offered_count(page) > 0;

    if (any && !group) {
        all(page);
        return;
    }
    if (group) {
        frame_title(page, say(page, group->title), "");
        part_space(page, MM_G2);
    } else
        greeting(page);
    if (!visit->home)
        waiting(page);
    else if (group)
        one_group(page);
    else
        nothing(page);
}

void screen_home(Page *page)
{
    frame_open(page);
    content(page);
    frame_bar(page);
    if (page->visit->group[0]) {
        part_back(page);
        part_push(page);
    }
    part_finish(page);
    if (page->visit->home && !page->visit->group[0] && offered_count(page) > FEW_SERVICES) {
        part_push(page);
        part_button(page,
                    (Button){ BUTTON_SECOND, "home.search", say(page, "Search"), "search", false, ACT_SEARCH, 1 });
    }
    frame_close(page);
}
