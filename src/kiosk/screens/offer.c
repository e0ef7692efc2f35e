#include "kiosk/screens/offer.h"

#define HERO_WORDS_MM 112.0F /* at 100 % */
#define HERO_PAPER_MM 132.0F
#define HERO_LEAST_MM 44.0F  /* a smaller picture says nothing */
#define HERO_LOW_MM   190.0F /* in lower content its title is smaller, and what it is for stands on its own screen */
#define LARGE_TEXT    1.5F   /* from here on words need the room of plates and pictures */

/* Why not, in a few words: the line under the title, and all that is said before it is touched. */
static const char *const reasons[] = {
    [REASON_NONE] = "",
    /* TRANSLATORS: the next ones say in one line under a service's name why it is not for this student now */
    [REASON_STATUS] = N_("Not for students of your status"),
    [REASON_FORM] = N_("For another form of study"),
    [REASON_LIMIT] = N_("Today’s copies are used up; again tomorrow"),
    [REASON_SEASON] = N_("Not open at this time of the year"),
    [REASON_WEAK] = N_("First change the password that HEMIS gave you"),
    [REASON_RECORD] = N_("Something is missing from your record"),
    [REASON_TYPE] = N_("For another level of study"),
    [REASON_YEAR] = N_("For another year of study"),
    [REASON_PAYMENT] = N_("For another form of payment"),
    [REASON_CITIZENSHIP] = N_("For students of another citizenship"),
    [REASON_DEBTS] = N_("First pass the subjects you owe"),
    [REASON_NO_DEBTS] = N_("You have no academic debts"),
    [REASON_UNPAID] = N_("Not enough of your contract is paid"),
    [REASON_SEMESTER] = N_("You had it this semester already"),
    [REASON_NOTHING] = N_("Your record has nothing about this"),
    [REASON_GPA] = N_("Your GPA is below what is asked for"),
    [REASON_ACCOMMODATION] = N_("For students who live elsewhere"),
    [REASON_ACCOUNT] = N_("For students who sign in"),
    [REASON_VISITOR] = N_("For people who do not study here"),
    [REASON_HAS] = N_("You have this already"),
    [REASON_TIMES] = N_("You had it as often as the rules allow"),
    [REASON_UNDER_WAY] = N_("You have handed one in already"),
    [REASON_HOME] = N_("For students whose home is elsewhere"),
    [REASON_HEMIS] = N_("Sign in with your HEMIS password for this"),
    [REASON_OTHER] = N_("Not available to you now: touch to see why"),
};
static_assert(COUNT(reasons) == REASON_COUNT, "words for every reason");

static const char *why_not_short(Page *page, const ApiService *offer)
{
    if (offer->reason == REASON_SEASON && offer->way_on == WAY_ON_DATE)
        /* TRANSLATORS: in one line under a service's name; {0} is a date */
        return fill(page, say(page, "Opens on {0}"), words_iso_date(page, offer->way_on_value));
    const char *words = offer->reason < REASON_COUNT ? reasons[offer->reason] : "";
    return words[0] ? say(page, words) : "";
}

const char *offer_words(Page *page, const Service *service)
{
    const ApiService *offer = model_offer(page->model, service->id);

    return offer && !offer->allowed ? why_not_short(page, offer) : words_local(page, &service->help);
}

static const char *service_icon(const Service *service)
{
    return service->icon && service->icon[0] ? service->icon : "doc";
}

/* --- a row -------------------------------------------------------------------------------------------------------- */

typedef struct RowLook {
    float mm, plate, icon, gap; /* plate 0: the icon alone */
    TextRole title;
} RowLook;

static const RowLook row_looks[] = {
    [OFFER_SMALL] = { 34.0F, 0.0F, 12.0F, 1.0F, TEXT_BODY },
    [OFFER_ROW] = { 44.0F, 24.0F, 14.0F, 1.0F, TEXT_BODY },
    [OFFER_LARGE] = { 60.0F, 36.0F, 21.0F, 2.5F, TEXT_HEADING },
};

static void row_icon(Page *page, const RowLook *look, const char *icon)
{
    if (look->plate > 0.0F && page->scale < LARGE_TEXT)
        part_plate(page, (Plate){ icon, look->plate, look->icon, COLOUR_TINT, COLOUR_BRAND, false });
    else
        part_icon(page, icon, 12.0F, COLOUR_BRAND);
}

void offer_row(Page *page, size_t index, OfferKind kind, bool terse)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    const ApiService *offer = model_offer(page->model, service->id);
    const RowLook *look = &row_looks[kind];
    /* Why not is the only copy here; what it is for stands on the service's own screen too. */
    const char *under = !offer->allowed ? why_not_short(page, offer) : terse ? "" : words_local(page, &service->help);
    Style style = style_card(0.0F);

    style.axis = AXIS_ROW;
    style.align = ALIGN_CENTRE;
    style.gap = 7.0F;
    style.min_height = page_row(page, look->mm);
    style.pad_top = style.pad_bottom = MM_G;
    style.pad_left = style.pad_right = MM_G2;
    Node *node = tree_open(page->tree, ROLE_BUTTON, tree_format(page->tree, "home.service.%s", service->id), "", style);
    node->send = (Send){ ACT_SERVICE, (uint16_t)index };
    row_icon(page, look, service_icon(service));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = look->gap });
    part_text(page, look->title, WEIGHT_SEMIBOLD, COLOUR_NONE, words_local(page, &service->title));
    if (under[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, under);
    tree_close(page->tree);
    part_icon(page, "chev", 10.0F, COLOUR_BRAND);
    tree_close(page->tree);
}

/* --- the only paper ----------------------------------------------------------------------------------------------- */

static void hero_fact(Page *page, const char *icon, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(5.0F));
    part_icon(page, icon, 12.0F, COLOUR_BRAND);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words)->style.grow = 1.0F;
    tree_close(page->tree);
}

/* How wide a paper has room beside the words, and in what height of the glass is in sight; 0: none. */
static float hero_paper(const Page *page, float pad, float above)
{
    float wide = page->inside - 2.0F * pad - MM_G4 - HERO_WORDS_MM * page->scale - 2.0F * MM_G3;
    float high = (page_content_height(page) - above - 2.0F * pad - 2.0F * MM_G3) / 1.41F;
    float mm = wide < high ? wide : high;

    mm = mm > HERO_PAPER_MM ? HERO_PAPER_MM : mm;
    return mm < HERO_LEAST_MM || page->scale >= LARGE_TEXT ? 0.0F : mm;
}

static void hero_picture(Page *page, float mm)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = AXIS_ROW,
                       .align = ALIGN_CENTRE,
                       .justify = JUSTIFY_CENTRE,
                       .width = mm + 2.0F * MM_G3,
                       .fill = COLOUR_TINT,
                       .corner = MM_R,
                       .pad_top = MM_G3,
                       .pad_bottom = MM_G3 });
    part_sample(page, mm);
    tree_close(page->tree);
}

/* Looks like the button that the whole card is. */
static void hero_verb(Page *page, bool gives_paper, bool allowed, bool low)
{
    /* TRANSLATORS: on the card of a paper: leads to it */
    const char *verb = gives_paper ? say(page, "Get this paper") : say(page, "Continue");

    Style style = style_row(MM_G);

    style.justify = JUSTIFY_CENTRE;
    style.height = low ? page_button(page) : page_button(page) * MM_BIG / MM_BUTTON;
    style.corner = MM_R;
    style.fill = allowed ? COLOUR_BRAND : COLOUR_SURFACE;
    style.border = allowed ? COLOUR_NONE : COLOUR_EDGE;
    tree_open(page->tree, ROLE_GROUP, NULL, "", style);
    part_text(page, TEXT_HEADING, WEIGHT_SEMIBOLD, allowed ? COLOUR_ON_BRAND : COLOUR_NONE,
              /* TRANSLATORS: on the card of a service that is not for this student: leads to the reason */
              allowed ? verb : say(page, "See why"));
    part_icon(page, "next", 12.0F, allowed ? COLOUR_ON_BRAND : COLOUR_BRAND);
    tree_close(page->tree);
}

static void hero_facts(Page *page, const Service *service, const ApiService *offer)
{
    hero_fact(page, "clock", words_how_long(page, service, offer));
    part_line(page);
    hero_fact(page, "money", words_cost(page, service));
    if (offer->allowed && service->yields == YIELD_DOCUMENT) {
        part_line(page);
        hero_fact(page, "copies", words_copies(page, offer));
    }
}

void offer_card(Page *page, size_t index, float above)
{
    const Service *service = catalogue_at(page->model->catalogue, index);
    const ApiService *offer = model_offer(page->model, service->id);
    bool low = page->wide && page_content_height(page) < HERO_LOW_MM * page->scale;
    float pad = low ? MM_G2 : MM_G3;
    bool gives_paper = service->yields == YIELD_DOCUMENT;
    float paper = gives_paper ? hero_paper(page, pad, above) : 0.0F;
    Style style = style_card(pad);

    style.axis = AXIS_ROW;
    style.align = ALIGN_STRETCH;
    style.gap = MM_G4;
    Node *node = tree_open(page->tree, ROLE_BUTTON, tree_format(page->tree, "home.service.%s", service->id), "", style);
    node->send = (Send){ ACT_SERVICE, (uint16_t)index };
    if (paper > 0.0F)
        hero_picture(page, paper);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = page->wide ? MM_G : 7.0F });
    part_text(page, low ? TEXT_HEADING : TEXT_TITLE, WEIGHT_BOLD, COLOUR_NONE, words_local(page, &service->title));
    if (!offer->allowed || !low)
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT,
                  offer->allowed ? words_local(page, &service->help) : why_not_short(page, offer));
    part_push(page);
    hero_facts(page, service, offer);
    part_push(page);
    hero_verb(page, gives_paper, offer->allowed, low);
    tree_close(page->tree);
    tree_close(page->tree);
}
