/* One service: what one gets, for whom, how long, what it costs; and if not for you, why and what to do instead. */
#include "kiosk/screens/build.h"

#include <string.h>

#define PAPER_MM       174.0F
#define PAPER_SMALL_MM 120.0F /* leaves room for what to do instead */
#define PAPER_LEAST_MM 48.0F  /* a smaller picture says nothing */
#define PAPER_BELOW_MM 150.0F /* where it stands alone, below all that must be read */
#define SAMPLE_MM      13.0F  /* the word under it */
#define A4             1.41F
#define FACT_MM        118.0F /* of a fact beside the paper, for text of 100 % */
#define CELL_MM        96.0F  /* of a fact or a line in a grid: the longest words of Russian and Uzbek */
#define CARD_GAP_MM    3.0F   /* between lines of a card on a wide glass */
#define LARGE_TEXT     1.5F   /* from here on all is read in one column */

/* --- facts ---------------------------------------------------------------------------------------------------------
 */

typedef struct Fact {
    const char *icon, *label, *words;
} Fact;

static void fact(Page *page, Fact fact, Align align)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = align, .gap = 5.0F, .grow = 1.0F });
    part_icon(page, fact.icon, 12.0F, COLOUR_BRAND);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 0.6F });
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, fact.label);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, fact.words);
    tree_close(page->tree);
    tree_close(page->tree);
}

static const char *languages(Page *page, const Service *service)
{
    const char *words = "";

    for (size_t i = 0; i < service->language_count; i++) {
        const char *name = language_own_name(service->languages[i]);
        words = i == 0 ? name : fill(page, "{0} · {1}", words, name);
    }
    return words;
}

/* Whether copies left today say anything to this student. */
static bool counts(const ApiService *offer)
{
    return offer && (offer->allowed || offer->reason == REASON_LIMIT);
}

static float card_pad(const Page *page)
{
    return page->wide ? 6.0F : 10.0F;
}

static unsigned columns_of(const Page *page, float pad)
{
    return page->inside - 2.0F * pad - MM_G2 >= 2.0F * CELL_MM * page->scale ? 2 : 1;
}

#define FACTS_MOST 8

static size_t facts_of(Page *page, const Service *service, const ApiService *offer, Fact facts[FACTS_MOST])
{
    bool on_paper = service->yields == YIELD_DOCUMENT;
    size_t count = 0;

    /* TRANSLATORS: labels of facts about a paper: for whom, when it is ready, where it is handed out, cost, copies left
     * today, how long it is valid, languages, how it is checked */
    facts[count++] = (Fact){ "person", say(page, "For whom"), words_local(page, &service->whom) };
    facts[count++] = (Fact){ "clock", say(page, "When ready"), words_how_long(page, service, offer) };
    if (service->portal)
        /* TRANSLATORS: label of a fact about a service: who decides it; {0} the name of a state portal */
        facts[count++] = (Fact){ "globe", say(page, "Decided on"), words_local(page, &service->portal->name) };
    else if (service->through || service_costs(service) || service->at_window)
        facts[count++] = (Fact){ "place", say(page, "Where you get it"), words_where(page, service) };
    facts[count++] = (Fact){ "money", say(page, "Cost"), words_cost(page, service) };
    if (counts(offer) && !service->through)
        facts[count++] = (Fact){ "copies", say(page, "Today"), words_copies(page, offer) };
    if (service->valid_days > 0)
        facts[count++] = (Fact){ "check", say(page, "Valid for"), words_valid(page, service->valid_days) };
    if (on_paper)
        facts[count++] = (Fact){ "globe", say(page, "Language"), languages(page, service) };
    if (on_paper && count < FACTS_MOST)
        facts[count++] = (Fact){ "shield", say(page, "Checked by"), say(page, "its QR code") };
    return count;
}

/* Below each other beside the paper, or on a card of their own. */
static void facts(Page *page, const Service *service, const ApiService *offer, bool on_card)
{
    Fact list[FACTS_MOST];
    size_t count = facts_of(page, service, offer, list);

    if (on_card) {
        float pad = card_pad(page);
        Style card = style_card(pad);
        card.columns = columns_of(page, pad);
        card.gap = page->wide ? CARD_GAP_MM : 7.0F;
        tree_open(page->tree, ROLE_GROUP, NULL, "", card);
    } else
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !on_card)
            part_line(page);
        fact(page, list[i], on_card ? ALIGN_START : ALIGN_CENTRE);
    }
    tree_close(page->tree);
}

/* Lines of the catalogue on a card. */
static void lines(Page *page, const char *title, const char *icon, const LocalText *texts, size_t count)
{
    float pad = card_pad(page);

    if (count == 0)
        return;
    part_space(page, page_two_columns(page) ? 6.0F : MM_G3);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(pad));
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, title);
    part_space(page, page->wide ? CARD_GAP_MM : MM_G2);
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .columns = columns_of(page, pad), .gap = page->wide ? CARD_GAP_MM : 7.0F });
    for (size_t i = 0; i < count; i++) {
        tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(3.5F));
        part_icon(page, icon, 9.0F, COLOUR_GOOD);
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words_local(page, &texts[i]))->style.grow = 1.0F;
        tree_close(page->tree);
    }
    tree_close(page->tree);
    tree_close(page->tree);
}

static void contents(Page *page, const Service *service)
{
    /* TRANSLATORS: titles over lists: what stands on the paper, what one must have at hand */
    bool paper_alone = service->yields == YIELD_DOCUMENT && !service->portal;

    lines(page, paper_alone ? say(page, "What the paper says") : say(page, "Good to know"), "check", service->contains,
          service->contains_count);
    lines(page, service->portal ? say(page, "Papers to attach there") : say(page, "What to bring"), "hand",
          service->bring, service->bring_count);
    /* TRANSLATORS: title over the laws and rules that a service rests on */
    lines(page, say(page, "Legal ground"), "doc", service->ground, service->ground_count);
}

/* --- its picture -------------------------------------------------------------------------------------------------- */

/* How wide it may be beside what is read; 0: there is no room. */
static float paper_beside(const Page *page, const Service *service, bool allowed)
{
    bool two = page_two_columns(page);
    float mm = allowed || two ? PAPER_MM : PAPER_SMALL_MM;
    float wide = page_content_width(page) - MM_G3 - FACT_MM * page->scale;
    float high = (page_content_height(page) - SAMPLE_MM * page->scale - (two ? 0.0F : 5.0F * MM_G3)) / A4;

    mm = mm > wide ? wide : mm;
    mm = mm > high ? high : mm;
    return service->yields != YIELD_DOCUMENT || mm < PAPER_LEAST_MM || page->scale >= LARGE_TEXT || (page->wide && !two)
               ? 0.0F
               : mm;
}

static void paper(Page *page, float mm)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = MM_G, .width = mm });
    part_sample(page, mm);
    /* TRANSLATORS: under the picture of a paper */
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, "Sample"))->style.text_align =
        ALIGN_CENTRE;
    tree_close(page->tree);
}

static void paper_below(Page *page)
{
    part_space(page, MM_G3);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .justify = JUSTIFY_CENTRE });
    paper(page, PAPER_BELOW_MM);
    tree_close(page->tree);
}

/* --- not for you ---------------------------------------------------------------------------------------------------
 */

static const char *const reasons[] = {
    [REASON_NONE] = N_("This is not available to you now."),
    /* TRANSLATORS: the next ones say why a service is not for this student now */
    [REASON_STATUS] = N_("This is not given for the status that your record shows."),
    [REASON_FORM] = N_("This paper is for another form of study than yours."),
    [REASON_LIMIT] = N_("You have had all of today’s copies. Tomorrow you can get more."),
    [REASON_SEASON] = N_("This paper is given at another time of the year."),
    [REASON_WEAK] = N_("You signed in with the first password that HEMIS gave you. Change it, then come back."),
    [REASON_RECORD] = N_("Something that the paper needs is missing from your record."),
    [REASON_TYPE] = N_("This is for another level of study than yours: bachelor’s or master’s."),
    [REASON_YEAR] = N_("This is for another year of study than yours."),
    [REASON_PAYMENT] = N_("This is for another form of payment than yours: a contract or a state grant."),
    [REASON_CITIZENSHIP] = N_("This is for students of another citizenship than yours."),
    [REASON_DEBTS] = N_("You have academic debts. This is given once you have passed those subjects."),
    [REASON_NO_DEBTS] = N_("You have no academic debts, so there is nothing to state."),
    [REASON_UNPAID] = N_("Not enough of your contract is paid for this yet."),
    [REASON_SEMESTER] = N_("You had this already: it is given once a semester."),
    [REASON_NOTHING] = N_("Your record has nothing that this could state."),
    [REASON_GPA] = N_("Your grade point average (GPA) is below what is asked for here."),
    [REASON_ACCOMMODATION] = N_("This is for students who live elsewhere. Your record says where you live."),
    [REASON_ACCOUNT] = N_("This is for students of this university, who sign in with a number and a password."),
    [REASON_VISITOR] = N_("This is for people who do not study here yet, or no longer."),
    [REASON_HAS] = N_("Your record says that you have this already."),
    [REASON_TIMES] = N_("You have had this as often as the rules allow."),
    [REASON_UNDER_WAY] = N_("You have handed this in already, and it is not decided yet. See “My requests”."),
    [REASON_HOME] = N_("This is for students whose registered home is in another place than the university."),
    [REASON_HEMIS] =
        N_("HEMIS makes this paper and asks who you are. Sign in with your number and password, or with your "
           "phone."),
    [REASON_OTHER] = N_("This is not available to you now."),
};
static_assert(COUNT(reasons) == REASON_COUNT, "words for every reason");

static const char *why_not(Page *page, const ApiService *offer)
{
    return say(page, reasons[offer->reason < REASON_COUNT ? offer->reason : REASON_OTHER]);
}

static const char *way_on(Page *page, const ApiService *offer)
{
    if (offer->way_on == WAY_ON_DATE)
        /* TRANSLATORS: {0} is a date */
        return fill(page, say(page, "Available from {0}."), words_iso_date(page, offer->way_on_value));
    return ""; /* the window or another service, told below */
}

/* The index of the service to ask for instead; the catalogue's count when there is none. */
static size_t instead_of(const Page *page, const ApiService *offer)
{
    const Catalogue *catalogue = page->model->catalogue;
    size_t count = catalogue_count(catalogue), i = 0;

    if (!offer || offer->allowed || offer->way_on != WAY_ON_SERVICE)
        return count;
    while (i < count && strcmp(catalogue_at(catalogue, i)->id, offer->way_on_value) != 0)
        i++;
    return i < count && model_offers(page->model, catalogue_at(catalogue, i)) ? i : count;
}

static void instead(Page *page, const ApiService *offer)
{
    const Catalogue *catalogue = page->model->catalogue;
    size_t index = instead_of(page, offer);

    if (index >= catalogue_count(catalogue))
        return;
    const Service *service = catalogue_at(catalogue, index);
    part_way(page, (Way){ "service.instead", service->icon && service->icon[0] ? service->icon : "doc",
                          words_local(page, &service->title),
                          /* TRANSLATORS: under the name of another service, which is right for this student */
                          say(page, "This one is for you instead"), ACT_SERVICE, (uint16_t)index, true, 40.0F });
    part_space(page, MM_G2);
}

/* An answer to another service's form led here: which one, so that nobody wonders. */
static void led_here(Page *page)
{
    const Led *led = &page->visit->led;
    const Service *from = led->service[0] ? catalogue_find(page->model->catalogue, str_from(led->service)) : NULL;

    for (size_t i = 0; from && i < from->field_count; i++) {
        const Field *field = &from->fields[i];
        for (size_t k = 0; strcmp(field->id, led->field) == 0 && k < field->choice_count; k++)
            if (strcmp(field->choices[k].id, led->choice) == 0) {
                Notice notice = {
                    "next", COLOUR_TINT, COLOUR_BRAND,
                    /* TRANSLATORS: {0} is an answer that the student chose in another form */
                    fill(page, say(page, "You answered “{0}”"), words_local(page, &field->choices[k].label)),
                    say(page, "For that you need this first. Then you can ask for the other once more.")
                };
                part_notice(page, ROLE_STATUS, notice);
                part_space(page, MM_G2);
            }
    }
}

static void somebody_else(Page *page)
{
    part_push(page);
    part_space(page, page_two_columns(page) ? MM_G : MM_G2);
    /* TRANSLATORS: at the foot of a service; {0}: when the office is open */
    part_note(
        page, "window",
        fill(page, say(page, "For someone else: at the window, with a power of attorney. {0}."), words_open(page)));
}

/* --- screen --------------------------------------------------------------------------------------------------------
 */

/* The state decides it: what is done here, and what is not. */
static void portal(Page *page, const Service *service)
{
    Notice notice = { "globe", COLOUR_TINT, COLOUR_BRAND,
                      /* TRANSLATORS: {0} the name of a state portal, where something is applied for */
                      fill(page, say(page, "You apply for this elsewhere: {0}"),
                           words_local(page, &service->portal->name)),
                      say(page, "Here everything for it is prepared and printed: your data, the papers you need, and "
                                "a code that leads there. We do not file it for you.") };

    part_notice(page, ROLE_STATUS, notice);
    part_space(page, MM_G2);
}

static void head(Page *page, const Service *service, const ApiService *offer)
{
    float gap = page->height < PAPER_MM * 2.0F ? MM_G2 : MM_G3;

    frame_title(page, words_local(page, &service->title), words_local(page, &service->help));
    part_space(page, gap);
    led_here(page);
    if (service->portal)
        portal(page, service);
    if (!offer || offer->allowed)
        return;
    Notice notice = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, why_not(page, offer), way_on(page, offer) };
    part_notice(page, ROLE_ALERT, notice);
    part_space(page, gap);
    instead(page, offer);
}

static void window(Page *page, const Service *service)
{
    part_space(page, page_two_columns(page) ? MM_G2 : MM_G3);
    part_window(page, words_local(page, &service->title));
}

/* Facts on a card; who may not have the paper reads first who helps. */
static void cards(Page *page, const Service *service, const ApiService *offer)
{
    bool allowed = offer && offer->allowed;

    if (!allowed) {
        part_window(page, words_local(page, &service->title));
        part_space(page, MM_G2);
    }
    facts(page, service, offer, true);
    if (allowed)
        contents(page, service);
}

static void in_two_columns(Page *page, const Service *service, const ApiService *offer, float mm)
{
    part_columns_open(page, mm / (page->inside - MM_G3));
    paper(page, mm);
    part_columns_next(page);
    head(page, service, offer);
    cards(page, service, offer);
    if (offer && offer->allowed)
        somebody_else(page);
    part_columns_close(page);
}

static void in_one_column(Page *page, const Service *service, const ApiService *offer, float mm)
{
    head(page, service, offer);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_STRETCH, .gap = MM_G3 });
    paper(page, mm);
    facts(page, service, offer, false);
    tree_close(page->tree);
    if (offer && offer->allowed) {
        contents(page, service);
        somebody_else(page);
    } else
        window(page, service);
}

/* Large text, or no room beside it: the picture comes last. */
static void below_each_other(Page *page, const Service *service, const ApiService *offer)
{
    head(page, service, offer);
    cards(page, service, offer);
    if (offer && offer->allowed) {
        if (service->yields == YIELD_DOCUMENT)
            paper_below(page);
        somebody_else(page);
    }
}

void screen_service(Page *page)
{
    const Service *service = model_service(page->model);
    const ApiService *offer = service ? model_offer(page->model, service->id) : NULL;
    bool allowed = offer && offer->allowed;

    frame_open(page);
    if (service) {
        float mm = paper_beside(page, service, allowed);
        if (mm <= 0.0F)
            below_each_other(page, service, offer);
        else if (page_two_columns(page))
            in_two_columns(page, service, offer, mm);
        else
            in_one_column(page, service, offer, mm);
    }
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (allowed)
        /* TRANSLATORS: button */
        part_main(page, "service.continue", say(page, "Continue"), "next", ACT_CONTINUE);
    frame_close(page);
}
